import { describe, expect, test } from 'vitest';
import { random } from '#theory/random.ts';
import { fakeFigure } from './fake.ts';
import { defaultSetting, readLink, writeLink } from './link.ts';

const read = (query: string) => readLink(new URLSearchParams(query), 'training', fakeFigure);

describe('links', () => {
	test('every field is read, defaults are left out when it is written', () => {
		const query = '?figure=training&rate=0.7&waves=1,4&target=x%5E2+%2B+1&seed=7&seeds=8&lane=wasm';
		const { setting, problems } = read(query);
		expect(problems).toEqual([]);
		expect(setting).toMatchObject({ seed: 7, seeds: 8, lane: 'wasm' });
		expect(setting.params).toMatchObject({
			rate: 0.7,
			width: 1024,
			waves: [1, 4],
			target: 'x^2 + 1',
		});
		expect(writeLink('training', fakeFigure, setting)).toBe(query);
		const start = defaultSetting(fakeFigure);
		expect(writeLink('training', fakeFigure, start)).toBe('?figure=training');
	});

	test('a link of another figure is none of this one’s business', () => {
		expect(read('?figure=kernel&width=banana')).toEqual({
			setting: defaultSetting(fakeFigure),
			problems: [],
		});
		expect(read('?width=64').setting).toEqual(defaultSetting(fakeFigure));
	});

	test('bad fields fall back one by one, each with a sentence', () => {
		const { setting, problems } = read(
			'?figure=training&width=banana&rate=1e9&x=<script>&seed=-1&lane=cuda&labels=random',
		);
		expect(setting.params).toEqual({ ...defaultSetting(fakeFigure).params, labels: 'random' });
		expect(problems).toHaveLength(5);
		expect(problems.join('\n')).toContain('width must be a multiple of 2 from 16 to 4096');
		expect(problems.join('\n')).toContain('seed must be a whole number from 0 to 2147483647');
		expect(problems.join('\n')).toContain('lane must be one of webgl, wasm, cpu');
		expect(problems.join('\n')).toMatch(/“x” is not a knob of this figure\. Did you mean/);
	});

	test('names that every object has are as unknown as any other', () => {
		const { setting, problems } = read('?figure=training&__proto__=1&constructor=2&toString=3');
		expect(setting).toEqual(defaultSetting(fakeFigure));
		expect(problems).toHaveLength(3);
	});

	test('of a field given twice the first one counts', () => {
		const { setting, problems } = read('?figure=training&width=64&width=128');
		expect(setting.params).toMatchObject({ width: 64 });
		expect(problems).toEqual(['“width” is given more than once; the first one is used.']);
	});

	test('a very long link stays short in what it says', () => {
		const many = Array.from({ length: 500 }, (_, i) => `k${i}=${'9'.repeat(300)}`).join('&');
		const { problems } = read(`?figure=training&${'x'.repeat(5000)}=1&${many}`);
		expect(problems).toHaveLength(7);
		expect(problems.at(-1)).toBe('The link has 495 more such fields.');
		for (const sentence of problems) expect(sentence.length).toBeLessThan(200);
	});
});

const count = 10_000;
test(`${count} random queries: nothing throws, everything read is legal, writing is idempotent`, () => {
	const { uniform } = random(1, 'links');
	const pick = <T>(from: readonly T[]) => from[Math.floor(uniform() * from.length)] as T;
	const names = ['rate', 'width', 'labels', 'waves', 'target', 'seed', 'seeds', 'lane', 'figure'];
	const odd = ['__proto__', 'hasOwnProperty', 'x', '', '<b>', '💥', 'wdith', '\u0000'];
	const texts = [
		'0.5',
		'64',
		'1e3',
		'NaN',
		'-0',
		'',
		' 2 ',
		'1,1,2',
		'random',
		'wasm',
		'7',
		'٣',
		'bump',
		'x^2',
	];
	const hostile = [
		'<script>alert(1)</script>',
		'%',
		'1e999',
		'0x10',
		'constructor',
		'x.constructor("alert(1)")()',
		'💥'.repeat(60),
	];
	for (let i = 0; i < count; i++) {
		const query = new URLSearchParams([['figure', 'training']]);
		for (let j = Math.floor(uniform() * 8); j > 0; j--) {
			const name = uniform() < 0.7 ? pick(names) : pick(odd);
			query.append(name, uniform() < 0.7 ? pick(texts) : pick(hostile));
		}
		const once = readLink(query, 'training', fakeFigure);
		const link = writeLink('training', fakeFigure, once.setting);
		const twice = readLink(new URLSearchParams(link), 'training', fakeFigure);
		if (twice.problems.length > 0) throw new Error(`${query.toString()}: ${twice.problems[0]}`);
		expect(twice.setting).toEqual(once.setting);
		expect(writeLink('training', fakeFigure, twice.setting)).toBe(link);
	}
});

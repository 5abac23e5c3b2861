import { describe, expect, test } from 'vitest';
import { fakeFigure } from './fake.ts';
import { commonFields, defaultSetting, readLink, writeLink, type Described } from './link.ts';
import { parseResult } from './result.ts';

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
		expect(read('?figure=kernel&width=banana&pin=width:64')).toEqual({
			setting: defaultSetting(fakeFigure),
			result: null,
			pins: [],
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

	test('pins and a result travel with the run, and are read back', () => {
		const query =
			'?figure=training&rate=0.7&result=wasm_1k3x9a_0.12345_-2e-7' +
			'&pin=width:64;target:x%255E2&pin=&pin=seed:3;lane:cpu';
		const { pins, problems, result } = read(query);
		expect(result).toEqual({ lane: 'wasm', print: '1k3x9a', sizes: [0.12345, -2e-7] });
		expect(pins.map(({ params, seed, lane }) => [params.width, seed, lane])).toEqual([
			[64, 0, null],
			[1024, 0, null],
			[1024, 3, 'cpu'],
		]);
		expect(problems).toEqual([expect.stringMatching(/^Pin 1: target = “x%5E2”/)]);
	});

	test('more pins than four, and pins that are not legal, are answered', () => {
		const { pins, problems } = read(`?figure=training${'&pin=width:7;wdith:9'.repeat(5)}`);
		expect(pins).toHaveLength(4);
		expect(problems[0]).toMatch(/^Pin 1: width must be a multiple of 2/);
		expect(problems[1]).toMatch(/^Pin 1: “wdith” is not a knob .* Did you mean width\?/);
	});

	test.each([
		'',
		'wasm',
		'cuda_1',
		'wasm_A!',
		'wasm_1_x',
		'wasm_1_0x10',
		`wasm_1${'_1'.repeat(13)}`,
	])('a result that cannot be read is said to be so: %s', (text) => {
		expect(parseResult(text) === null || text === 'wasm_1').toBe(true);
		expect(read(`?figure=training&result=${text}`).problems).toHaveLength(1);
	});
});

describe('links of earlier formats', () => {
	/** Format 2 called m width; format 3 halved the rate, and calls it rate. */
	const figure: Described = {
		...fakeFigure,
		migrations: [
			{ m: { to: 'width' } },
			{ eta: { to: 'rate', text: (old) => String(Number(old) / 2) } },
		],
	};
	const readOld = (query: string) => readLink(new URLSearchParams(query), 'training', figure);

	test.each([
		['?figure=training&m=64&eta=1.4&pin=m:32', 64, 0.7, 32],
		['?figure=training&format=2&width=64&eta=1.4&pin=width:32;eta:1', 64, 0.7, 32],
		['?figure=training&format=3&rate=0.7&width=64&pin=width:32', 64, 0.7, 32],
	])('%s', (query, width, rate, pinned) => {
		const { setting, pins, problems } = readOld(query);
		expect(problems).toEqual([]);
		expect(setting.params).toMatchObject({ width, rate });
		expect(pins[0]?.params.width).toBe(pinned);
		expect(writeLink('training', figure, setting)).toBe(
			'?figure=training&format=3&rate=0.7&width=64',
		);
	});

	test('a new name is unknown to an old link, and an old one to a new', () => {
		expect(readOld('?figure=training&format=3&m=64').problems[0]).toMatch(/“m” is not a knob/);
	});

	test.each(['4', '0', '-1', '1e9', 'x', '', '1.0'])('format %s is answered', (format) => {
		const { setting, problems } = readOld(`?figure=training&format=${format}&rate=0.7`);
		expect(problems).toHaveLength(1);
		expect(problems[0]).toMatch(/which knows 1 to 3; what it knows was read\.$/);
		expect(setting.params.rate).toBe(0.7);
	});

	test('names of fields that every figure has', () => {
		for (const name of commonFields) expect(Object.keys(fakeFigure.knobs)).not.toContain(name);
	});
});

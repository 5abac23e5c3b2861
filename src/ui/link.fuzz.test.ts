/** Whatever stands in an address: nothing throws, nothing illegal is read, nothing changes when written again. */
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { parseKnob, seedRange, seedsRange, formatKnob, type Knob } from '#contract';
import { random } from '#theory/random.ts';
import { fakeFigure } from './fake.ts';
import { linkOn } from './address.ts';
import { mostPins, readLink, writeLink, type Described, type Setting } from './link.ts';

const figure: Described = { ...fakeFigure, migrations: [{ m: { to: 'width' } }] };
const { uniform } = random(1, 'links');
const pick = <T>(from: readonly T[]) => from[Math.floor(uniform() * from.length)] as T;

const names = [
	...['rate', 'width', 'm', 'labels', 'waves', 'target', 'pattern'],
	...['seed', 'seeds', 'lane', 'result', 'pin', 'format', 'figure'],
];
const odd = ['__proto__', 'constructor', 'hasOwnProperty', 'x', '', '<b>', '💥', 'wdith', '\u0000'];
const texts = [
	...[
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
	],
	...['1', '2', '3', 'cpu_1k_0.5_2', 'mixed_z_NaN_-Infinity', 'width:64;seed:3', 'm:64', ';', ':'],
];
const hostile = [
	...['<script>alert(1)</script>', '%', '%3B%25', '1e999', '0x10', 'constructor', '\ud800'],
	...['x.constructor("alert(1)")()', '💥'.repeat(60), '__proto__:1;constructor:2', '9'.repeat(500)],
	...['target:x%3B1;pin:x', 'wasm_1' + '_1'.repeat(99), 'figure:other;format:9', 'a;'.repeat(200)],
];

const characters = [...'=&?#%;:,_+- 0123456789abcdefE.\\"\'<>()\n\u202e\ud83d'];

/** Bytes with no meaning, and characters that have one. */
function noise(): string {
	return Array.from({ length: Math.floor(uniform() * 60) }, () => pick(characters)).join('');
}

function query(): string {
	const fields = Array.from({ length: Math.floor(uniform() * 8) }, () => {
		const name = uniform() < 0.7 ? pick(names) : pick(odd);
		const text = uniform() < 0.6 ? pick(texts) : uniform() < 0.7 ? pick(hostile) : noise();
		return `${name}=${uniform() < 0.5 ? text : encodeURIComponent(text.toWellFormed?.() ?? '')}`;
	});
	const speaks = uniform() < 0.9 ? 'figure=training&' : '';
	return `?${speaks}${uniform() < 0.1 ? noise() : fields.join('&')}`;
}

function illegal({ params, seed, seeds }: Setting): string[] {
	const knobs = Object.entries<Knob>(figure.knobs);
	const bad = knobs.flatMap(([id, knob]) => {
		const value = params[id];
		return value !== undefined && 'value' in parseKnob(id, knob, formatKnob(value)) ? [] : [id];
	});
	const inside = (v: number, { min, max }: { min: number; max: number }) =>
		Number.isInteger(v) && v >= min && v <= max;
	if (Object.keys(params).length !== knobs.length) bad.push('params');
	if (!inside(seed, seedRange)) bad.push('seed');
	if (!inside(seeds, seedsRange)) bad.push('seeds');
	return bad;
}

const count = 10_000;
test(`${count} random and hostile queries and fragments`, () => {
	const seen = { clean: 0, withProblems: 0, withPins: 0, withResult: 0, fragments: 0 };
	const before = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));
	for (let i = 0; i < count; i++) {
		const text = query();
		const once = readLink(new URLSearchParams(text), 'training', figure);
		for (const setting of [once.setting, ...once.pins])
			if (illegal(setting).length > 0) throw new Error(`${text}: ${illegal(setting).join(' ')}`);
		if (once.pins.length > mostPins) throw new Error(`${text}: ${once.pins.length} pins`);
		const link = writeLink('training', figure, once.setting, once);
		const twice = readLink(new URLSearchParams(link), 'training', figure);
		if (twice.problems.length > 0) throw new Error(`${text}: ${twice.problems[0]}`);
		if (!isDeepStrictEqual({ ...twice, problems: once.problems }, once)) throw new Error(text);
		if (writeLink('training', figure, twice.setting, twice) !== link) throw new Error(text);
		// A fragment in the address is replaced by the figure's, whatever it held.
		const fragment = `#${noise()}${pick(hostile)}`;
		const url = linkOn(`https://example.org/toy/${fragment}`, 'training', link);
		if (url.hash !== '#figure-training' || url.search !== link) throw new Error(fragment);
		seen[once.problems.length > 0 ? 'withProblems' : 'clean']++;
		if (once.pins.length > 0) seen.withPins++;
		if (once.result) seen.withResult++;
		seen.fragments++;
	}
	expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(before);
	expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(50);
	process.stdout.write(
		`${count} links: ${JSON.stringify(seen)}; 0 threw, 0 illegal, 0 changed when rewritten\n`,
	);
});

import { describe, expect, test } from 'vitest';
import { random } from '#theory/random.ts';
import {
	allowedValues,
	defaults,
	formatKnob,
	parseKnob,
	readParams,
	sameValue,
	type Knob,
	type Knobs,
} from './knob.ts';

const width: Knob = {
	kind: 'number',
	label: 'width',
	min: 16,
	max: 4096,
	step: 2,
	default: 1024,
	scale: 'log',
};
const lift: Knob = {
	kind: 'number',
	label: 'lift',
	min: 0,
	max: 2,
	step: 0.1,
	default: 1,
	scale: 'linear',
};
const labels: Knob = {
	kind: 'choice',
	label: 'labels',
	options: { linear: 'linear', random: 'random' },
	default: 'linear',
};
const set: Knob = { kind: 'set', label: 'frequencies', options: [1, 2, 3, 4], default: [1, 2] };
const list: Knob = { kind: 'list', label: 'steps', min: 0, max: 99, most: 3, default: [1.5, 4.9] };
const all: Knob[] = [width, lift, labels, set, list];

describe('parseKnob', () => {
	test.each<[Knob, string, unknown]>([
		[width, '1024', 1024],
		[width, ' 1e3 ', 1000],
		[width, '16', 16],
		[width, '4096', 4096],
		[lift, '0.3', 0.3],
		[lift, '.7', 0.7],
		[lift, '1.', 1],
		[labels, 'random', 'random'],
		[set, '4,1', [1, 4]],
		[set, ' 2 ', [2]],
		[set, '1,1,3', [1, 3]],
		[list, '1.5,4.9,1.5', [1.5, 4.9, 1.5]],
		[list, ' 2; 1e1 2 ', [2, 10, 2]],
		[list, '0', [0]],
	])('%o reads “%s”', (knob, text, value) => {
		expect(parseKnob('k', knob, text)).toEqual({ value });
	});

	test.each<[Knob, string]>([
		[width, 'banana'],
		[width, ''],
		[width, '17'],
		[width, '14'],
		[width, '4098'],
		[width, '1e999'],
		[width, 'NaN'],
		[width, 'Infinity'],
		[width, '0x400'],
		[width, '1_024'],
		[width, '1024; drop'],
		[width, '１０２４'],
		[lift, '-0.1'],
		[lift, '0.05'],
		[labels, 'toString'],
		[labels, '__proto__'],
		[labels, 'constructor'],
		[labels, 'Linear'],
		[set, ''],
		[set, ','],
		[set, '1,,2'],
		[set, '5'],
		[set, '1;2'],
		[list, ''],
		[list, '1,-1'],
		[list, '1,NaN'],
		[list, '1,100'],
		[list, '1,2,3,4'],
		[list, '1,,2x'],
		[width, '<script>alert(1)</script>'],
	])('%o refuses “%s” with one sentence', (knob, text) => {
		const parsed = parseKnob('k', knob, text);
		expect(parsed).toHaveProperty('problem');
		expect('problem' in parsed && parsed.problem).toContain(allowedValues(knob));
	});

	test('10,000 random strings give a legal value or a problem, and never throw', () => {
		const { uniform } = random(1, 'hostile');
		const alphabet = [...'0123456789+-.eE,;<>/"\'&%= \n\t\0abcNaInfity_$(){}[]\\é😀\u202e\ud800'];
		const pick = <T>(from: readonly T[]) => from[Math.floor(uniform() * from.length)] as T;
		for (let i = 0; i < 10_000; i++) {
			const length = Math.floor(uniform() * 30);
			const text = Array.from({ length }, () => pick(alphabet)).join('');
			const knob = pick(all);
			const parsed = parseKnob('k', knob, text);
			if (!('value' in parsed)) {
				expect(parsed.problem).toMatch(/^k must be .* is not\.$/s);
				continue;
			}
			const { value } = parsed;
			if (knob.kind === 'number') {
				expect(value).toBeGreaterThanOrEqual(knob.min);
				expect(value).toBeLessThanOrEqual(knob.max);
			}
			expect(parseKnob('k', knob, formatKnob(value))).toEqual({ value });
		}
	});

	test('a text of 200,000 digits is refused at once, not after quadratic time', () => {
		const before = performance.now();
		expect(parseKnob('k', width, `${'1'.repeat(200_000)}x`)).toHaveProperty('problem');
		expect(performance.now() - before).toBeLessThan(500);
	});

	test('a long text is cut between characters, never through one', () => {
		const parsed = parseKnob('k', width, `a${'😀'.repeat(40)}`);
		expect('problem' in parsed && parsed.problem).toContain(`“a${'😀'.repeat(23)}…”`);
	});
});

describe('all knobs of a figure', () => {
	const knobs: Knobs = { width, lift, labels, set };

	test('what is written is read back, at both ends of every knob', () => {
		const ends = [
			{ width: 16, lift: 0, labels: 'linear', set: [1] },
			{ width: 4096, lift: 2, labels: 'random', set: [1, 2, 3, 4] },
		];
		for (const params of ends) {
			const texts = new Map(Object.entries(params).map(([id, v]) => [id, formatKnob(v)]));
			expect(readParams(knobs, (id) => texts.get(id) ?? null)).toEqual({ params, problems: [] });
		}
	});

	test('a bad field falls back alone and says so; unknown fields are not asked for', () => {
		const query = new URLSearchParams('width=banana&lift=0.5&x=<script>');
		const { params, problems } = readParams(knobs, (id) => query.get(id));
		expect(params).toEqual({ ...defaults(knobs), lift: 0.5 });
		expect(problems).toEqual([
			'width must be a multiple of 2 from 16 to 4096; “banana” is not. Its default, 1024, is used.',
		]);
	});

	test('every multiple of a fractional step is on the grid', () => {
		for (let i = 0; i <= 20; i++) {
			const value = Number((i * 0.1).toFixed(1));
			expect(parseKnob('lift', lift, String(value))).toEqual({ value });
		}
	});

	test('values compare by what they say', () => {
		expect(sameValue([1, 2], [1, 2])).toBe(true);
		expect(sameValue([1, 2], [1])).toBe(false);
		expect(sameValue(1, 1.5)).toBe(false);
	});
});

/** Where a number knob's slider stands, and where on it a hypothesis ends. */
import type { NumberKnob } from '#contract';

/** Stops a slider without a step has, one less than their number. */
const resolution = 96;

/** The values a slider stops at, in order: the ends and the default among them, all allowed. */
export function stopsOf(knob: NumberKnob): number[] {
	const { min, max } = knob;
	const stops = knob.scale === 'log' && min > 0 ? geometric(min, max) : linear(knob);
	const snapped = stops.map((value) => snap(knob, value));
	const all = [snap(knob, min), ...snapped, snap(knob, max), knob.default];
	return [...new Set(all)].filter((v) => v >= min && v <= max).sort((a, b) => a - b);
}

/** The index of the stop nearest a value, on the slider's own scale. */
export function stopNear(stops: readonly number[], value: number, scale: 'linear' | 'log'): number {
	const place = (v: number) => (scale === 'log' ? Math.log(v) : v);
	const distance = (i: number) => Math.abs(place(stops[i] ?? NaN) - place(value));
	return stops.reduce((best, _, i) => (distance(i) < distance(best) ? i : best), 0);
}

/** The allowed value nearest to one. */
export function snap({ min, max, step }: NumberKnob, value: number): number {
	const inside = Math.min(Math.max(value, min), max);
	if (step === undefined) return Number(inside.toPrecision(3));
	const first = Math.ceil(min / step - 1e-9);
	const last = Math.floor(max / step + 1e-9);
	const multiple = Math.min(Math.max(Math.round(inside / step), first), last);
	return Number((multiple * step).toPrecision(12));
}

function linear({ min, max, step }: NumberKnob): number[] {
	const count = step === undefined ? resolution : Math.round((max - min) / step);
	return Array.from({ length: count + 1 }, (_, i) => min + ((max - min) * i) / count);
}

/** Evenly spaced in the logarithm; doublings of the least value are met exactly. */
function geometric(min: number, max: number): number[] {
	const octaves = Math.log2(max / min);
	const each = Math.max(1, Math.round(resolution / octaves));
	const count = Math.ceil(octaves * each - 1e-9);
	return Array.from({ length: count + 1 }, (_, i) => min * 2 ** (i / each));
}

/** A place along a slider, 0 to 1, with what ends there. */
export interface End {
	readonly at: number;
	readonly value: number;
	readonly text: string;
}

/** A statement about the values of one knob, the others held fast. */
export interface Watched {
	readonly id: string;
	readonly text: string;
	broken(value: number): boolean;
}

/** Positions tried along a slider. */
const positions = 60;

/**
 * Where along the stops each statement begins or ceases to hold. A statement that takes longer than
 * `budget` milliseconds is left out, and its id added to `slow`, which is not tried again.
 */
export function endsAlong(
	stops: readonly number[],
	statements: readonly Watched[],
	slow: Set<string>,
	budget = 5,
): End[] {
	const last = stops.length - 1;
	const tried = Math.min(positions, stops.length);
	const indices = Array.from({ length: tried }, (_, i) =>
		Math.round((i * last) / (tried - 1 || 1)),
	);
	return statements.flatMap((statement) => {
		if (slow.has(statement.id)) return [];
		const until = performance.now() + budget;
		const ends: End[] = [];
		let before: boolean | null = null;
		for (const [i, index] of indices.entries()) {
			const value = stops[index] ?? NaN;
			const broken = statement.broken(value);
			if (before !== null && broken !== before) {
				const middle = (index + (indices[i - 1] ?? index)) / 2;
				ends.push({ at: middle / last, value, text: statement.text });
			}
			before = broken;
			if (performance.now() > until) {
				slow.add(statement.id);
				return [];
			}
		}
		return ends;
	});
}

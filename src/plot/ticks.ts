import { ticks as niceTicks } from 'd3';

export interface Ticks {
	readonly values: readonly number[];
	format(value: number): string;
}

/** A few round numbers on a linear axis. */
export function linearTicks([low, high]: readonly [number, number], count: number): Ticks {
	return { values: niceTicks(low, high, count), format: plain };
}

/** Powers of ten on a logarithmic axis; 1, 2, 5 where it spans less than two of them. */
export function logTicks([low, high]: readonly [number, number], count: number): Ticks {
	const first = Math.ceil(Math.log10(low) - 1e-9);
	const last = Math.floor(Math.log10(high) + 1e-9);
	const powers = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
	if (powers.length < 3) {
		const values = [first - 1, ...powers].flatMap((p) => [1, 2, 5].map((d) => d * 10 ** p));
		return { values: values.filter((v) => v >= low * 0.999 && v <= high * 1.001), format: plain };
	}
	const every = Math.ceil(powers.length / count);
	const shown = powers.filter((power) => (power - last) % every === 0);
	const readable = first >= -3 && last <= 4;
	return { values: shown.map((p) => 10 ** p), format: readable ? plain : power };
}

/** Exactly the given values, every other one if there are more than `count`. */
export function givenTicks(values: readonly number[], count: number): Ticks {
	const every = Math.ceil(values.length / count);
	return { values: values.filter((_, i) => i % every === 0), format: plain };
}

function plain(value: number): string {
	const size = Math.abs(value);
	if (size >= 1e5 || (size > 0 && size < 1e-4)) {
		const [digits = '', exponent = ''] = value.toExponential(3).split('e');
		return `${Number(digits)}·10${raised(Number(exponent))}`.replace('-', '−');
	}
	return String(Number(value.toPrecision(6))).replace('-', '−');
}

function power(value: number): string {
	return `10${raised(Math.round(Math.log10(value)))}`;
}

function raised(exponent: number): string {
	return String(exponent).replace(/./g, (c) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)] ?? '⁻');
}

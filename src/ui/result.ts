/** What a finished run measured, short enough to stand in its link: `wasm_1k3x9a0q2z_0.0123_4.56`. */
import { lanes, showPercent, type Lane, type Report } from '#contract';
import { laneNames } from './words.ts';

/** `mixed` where the run moved from one lane to another: it repeats to rounding only. */
type ResultLane = Lane | 'mixed';

export interface Result {
	readonly lane: ResultLane;
	/** Of every bit of the measured curves. */
	readonly print: string;
	/** Root mean square and last value of each measured curve, five digits. */
	readonly sizes: readonly number[];
}

/** Curves that a link tells of. */
const mostCurves = 6;
/**
 * Largest difference, as a share of a curve's root mean square, between runs that are called the same
 * though not every bit is. Between WASM and the reference it was measured at reduced settings, on the
 * figures from approximation to loss-landscape/rescaling: at most 5·10⁻⁶ in most, .5 % where training is
 * long, 5 to 50 % at the edge of stability, where rounding grows without end: there another lane
 * differs, and is said to. ntk, random-features and WebGL were not in that table.
 */
const sameWithin = 0.01;
const names: Readonly<Record<ResultLane, string>> = { ...laneNames, mixed: 'two lanes in turn' };

/** The result of a finished run. */
export function resultOf({ predictions, backend }: Report, moved: boolean): Result {
	const sizes = predictions
		.slice(0, mostCurves)
		.flatMap(({ measured }) => [rootMeanSquare(measured), measured.at(-1) ?? NaN]);
	const bits = predictions.flatMap(({ x, measured }) => [...x, ...measured]);
	return { lane: moved ? 'mixed' : backend, print: print(bits), sizes: sizes.map(short) };
}

export function formatResult({ lane, print, sizes }: Result): string {
	return [lane, print, ...sizes.map((v) => String(v).replace('+', ''))].join('_');
}

/** Reads what `formatResult` writes; null where it is anything else. */
export function parseResult(text: string): Result | null {
	if (text.length > 400) return null;
	const [name, print = '', ...rest] = text.split('_');
	const lane = ([...lanes, 'mixed'] as const).find((lane) => lane === name);
	if (!lane || !/^[0-9a-z]{1,11}$/.test(print) || rest.length > 2 * mostCurves) return null;
	const isNumber = (word: string) =>
		/^(NaN|-?Infinity|-?\d{1,21}(\.\d{1,25})?(e-?\d{1,3})?)$/.test(word);
	if (!rest.every(isNumber)) return null;
	return { lane, print, sizes: rest.map((word) => short(Number(word))) };
}

/** Whether a run gave what its link says, in words. */
export function compareResults(then: Result, now: Result): string {
	if (then.print === now.print) return 'Reproduced: the link’s result, to the last bit.';
	const gap = largestGap(then.sizes, now.sizes);
	const other =
		then.lane === now.lane ? '' : ` (other lane: ${names[then.lane]} then, ${names[now.lane]} now)`;
	const by = Number.isFinite(gap)
		? `by ${gap < 1e-6 ? 'less than 0.0001 %' : showPercent(gap)}`
		: '';
	if (gap <= sameWithin)
		return `Reproduced${other}: the curves differ from the link’s ${by}, of 1 % allowed for rounding.`;
	const grown = other === '' ? '' : '; rounding grew in the run';
	return `Differs${other}: the curves differ from the link’s ${by || 'beyond comparison'}${grown}.`;
}

function largestGap(then: readonly number[], now: readonly number[]): number {
	if (then.length !== now.length) return Infinity;
	return then.reduce((worst, a, i) => {
		const b = now[i] ?? NaN;
		// Both numbers of a curve are compared with its size.
		const size = then[i - (i % 2)] ?? NaN;
		const gap = Object.is(a, b) || a === b ? 0 : Math.abs(a - b) / size;
		return Math.max(worst, Number.isNaN(gap) ? Infinity : gap);
	}, 0);
}

function rootMeanSquare(values: readonly number[]): number {
	return Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
}

function short(value: number): number {
	return Number(value.toPrecision(5)) + 0;
}

/** 53 bits of a hash (cyrb53, by bryc) over the bytes of the numbers. */
function print(numbers: readonly number[]): string {
	const words = new Uint32Array(Float64Array.from(numbers, (v) => (v === v ? v : NaN)).buffer);
	let [a, b] = [0xdeadbeef, 0x41c6ce57];
	for (const word of words) {
		a = Math.imul(a ^ word, 2654435761);
		b = Math.imul(b ^ word, 1597334677);
	}
	a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
	b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
	return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}

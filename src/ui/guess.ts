/** A curve that a reader draws through knots, and how far it is from the one by the formula. */
import { showNumber, type Curve, type CurveQuestion, type DrawnAxis, type Miss } from '#contract';

/** A place on an axis, 0 at its lower end to 1. */
export function shareOf({ scale, domain: [low, high] }: DrawnAxis, value: number): number {
	return scale === 'log'
		? Math.log(value / low) / Math.log(high / low)
		: (value - low) / (high - low);
}

/** The value at a place on an axis; beyond the ends, the end. */
export function valueAtShare({ scale, domain: [low, high] }: DrawnAxis, share: number): number {
	const inside = Math.min(1, Math.max(0, share));
	return scale === 'log' ? low * (high / low) ** inside : low + inside * (high - low);
}

/** A level line through the middle of the axes: where every guess begins. */
export function levelGuess({ knots, y }: CurveQuestion): number[] {
	return knots.map(() => valueAtShare(y, 0.5));
}

/** A place on the axes. */
export type Point = readonly [x: number, y: number];

/**
 * The heights at the knots after a stroke of the pen from one place to another: all knots between them are
 * passed, however fast it went, and at least the nearest one is set.
 */
export function stroke(
	{ knots, x, y }: Pick<CurveQuestion, 'knots' | 'x' | 'y'>,
	heights: readonly number[],
	from: Point,
	to: Point,
): number[] {
	const share = (value: number) => shareOf(x, value);
	const [start, end] = [share(from[0]), share(to[0])];
	const nearest = indexOfLeast(knots.map((knot) => Math.abs(share(knot) - end)));
	return heights.map((height, i) => {
		const at = share(knots[i] ?? NaN);
		if (i === nearest) return to[1];
		if ((at - start) * (at - end) > 0 || start === end) return height;
		const [a, b] = [shareOf(y, from[1]), shareOf(y, to[1])];
		return valueAtShare(y, a + ((b - a) * (at - start)) / (end - start));
	});
}

function indexOfLeast(values: readonly number[]): number {
	return values.indexOf(Math.min(...values));
}

/** The curve at each of the places, straight between its points (in the scales of the axes). */
export function sampled(curve: Curve, places: readonly number[], x: DrawnAxis, y: DrawnAxis) {
	return places.map((place) => {
		const after = curve.x.findIndex((at) => at >= place);
		const i = after < 0 ? curve.x.length - 1 : after;
		const [x1 = NaN, y1 = NaN] = [curve.x[i], curve.y[i]];
		if (x1 === place || i === 0) return y1;
		const [x0 = NaN, y0 = NaN] = [curve.x[i - 1], curve.y[i - 1]];
		const share = (shareOf(x, place) - shareOf(x, x0)) / (shareOf(x, x1) - shareOf(x, x0));
		const [a, b] = [shareOf(y, y0), shareOf(y, y1)];
		const at = a + share * (b - a);
		return y.scale === 'log'
			? y.domain[0] * (y.domain[1] / y.domain[0]) ** at
			: y.domain[0] + at * (y.domain[1] - y.domain[0]);
	});
}

/** How far a guess is from the formula on average, in words. */
export function gapInWords(
	{ knots, x, y }: CurveQuestion,
	heights: readonly number[],
	formula: Curve,
): string {
	const wanted = sampled(formula, knots, x, y);
	const mean = (gap: (guess: number, wanted: number) => number) =>
		heights.reduce((sum, height, i) => sum + gap(height, wanted[i] ?? NaN), 0) / heights.length;
	if (y.scale === 'linear')
		return `On average your curve is ${showNumber(mean((a, b) => Math.abs(a - b)))} away from the formula’s.`;
	const factor = Math.exp(mean((a, b) => Math.abs(Math.log(a / b))));
	return `On average your curve is off by a factor of ${showNumber(factor)}.`;
}

/** What a guess missed, told in the lesson's words, the first two of them; what it met where it missed nothing. */
export function repliesTo<G>(misses: readonly Miss<G>[], met: string, guess: G): string[] {
	const missed = misses.filter(({ when }) => when(guess)).map(({ say }) => say);
	return missed.length > 0 ? missed.slice(0, 2) : [met];
}

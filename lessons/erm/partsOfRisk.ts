/** What the figure "sizes" does with one data set: least squares for each size, and where its risk comes from. */
import { sumOfSquares } from '#theory/arrays.ts';
import { ridgeFits } from '#theory/leastSquares.ts';
import { random } from '#theory/random.ts';
import {
	awayFrom,
	bestOfClass,
	drawSample,
	firstColumns,
	meanSquareOf,
	signal,
	type Design,
	type World,
} from './model.ts';

/** Fresh inputs on which the best of a class is compared with the truth. */
export const freshInputs = 200;

const all = [1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96];

/** Sizes p up to a share of n, that one included. */
export function sizesUpTo(n: number, share: number): number[] {
	const largest = Math.floor(share * n + 1e-9);
	return [...all.filter((p) => p < largest), largest];
}

/** One number per size. */
export interface PartsOfRisk {
	/** R(f_ERM) and R_n(f_ERM), noise included. */
	readonly test: number[];
	readonly train: number[];
	/** inf R − R*, as a mean square over fresh inputs; and R(f_ERM) − inf R. */
	readonly approximation: number[];
	readonly estimation: number[];
}

/** Fits the data set of a seed with each size p < n. */
export function partsOfRisk(
	world: World,
	design: Design,
	sizes: readonly number[],
	seed: number,
): PartsOfRisk {
	const stream = random(seed, 'erm/sizes');
	const beta = signal(world.decay);
	const { x, y } = drawSample(world, design, stream);
	const fresh = drawSample({ ...world, n: freshInputs }, design, stream).x;
	const parts: PartsOfRisk = { test: [], train: [], approximation: [], estimation: [] };
	for (const p of sizes) {
		const seen = firstColumns(x, p);
		const [w] = ridgeFits(seen, y, [0]);
		const excess = meanSquareOf(awayFrom(beta, w!), design);
		const best = awayFrom(beta, bestOfClass(beta, p, design));
		parts.test.push(world.sigma ** 2 + excess);
		parts.train.push(sumOfSquares(residuals(seen, y, w!)) / world.n);
		parts.approximation.push(
			sumOfSquares(residuals(fresh, new Float64Array(freshInputs), best)) / freshInputs,
		);
		parts.estimation.push(excess - meanSquareOf(best, design));
	}
	return parts;
}

/** y − X w for X of shape [y.length, w.length]. */
export function residuals(x: Float64Array, y: Float64Array, w: Float64Array): Float64Array {
	const p = w.length;
	return y.map((value, i) => {
		let told = 0;
		for (let j = 0; j < p; j++) told += x[i * p + j]! * w[j]!;
		return value - told;
	});
}

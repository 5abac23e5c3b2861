import { describe, expect, test } from 'vitest';
import { drawnText } from '#contract';
import { random } from '#theory/random.ts';
import exercises from './exercises.ts';
import { basisOf, basisSize, leastSquaresMissed, mehler, missed } from './fixedBasis.ts';
import { curved, resolved, smooth } from './hypotheses.ts';
import { leastSquares, networkThrough, output, rmsError, supError } from './interpolant.ts';
import { densityKnots, evenKnots, uniformKnots } from './knots.ts';
import { lawsOf } from './laws.ts';
import {
	barronConstant,
	errorVariance,
	sampledError,
	sampledVariance,
	sampleFrequencies,
} from './maurey.ts';
import { errorOf, trainedShare } from './oneNeuron.ts';
import { resolution } from './resolution.ts';
import { Descent, networkError } from './sampledThenTrained.ts';
import { targetKnob, targetOf } from './target.ts';
import { fittedErrors, floors, trainingJob } from './training.ts';

const { sine, bump, runge } = targetKnob.presets as Record<'sine' | 'bump' | 'runge', string>;
const near = (value: number, expected: number, digits = 5) =>
	expect(value / expected).toBeCloseTo(1, digits - 1);

describe('the laws of piecewise linear approximation', () => {
	test.each([
		[sine, 39.478, 779.27, 22.969, 503.15],
		[bump, 100, 1329.24, 14.9705, 158.74],
		[runge, 200, 2356.08, 15.932, 204.33],
	])('integrals of %s (red if a constant is off)', (text, most, square, half, fifths) => {
		const laws = lawsOf(text);
		near(8 * laws.sup, most, 4);
		near(120 * laws.interpolation ** 2, square, 5);
		near(720 * laws.leastSquares ** 2, square, 5);
		near(8 * laws.supFree, half, 4);
		near(720 * laws.leastSquaresFree ** 2, fifths, 4);
	});

	test('at m = 32 the sine is missed by 4.792·10⁻³ at most, in rms by 2.487·10⁻³ and 1.020·10⁻³', () => {
		const { f } = targetOf(sine);
		const knots = uniformKnots(32);
		near(supError(f, knots), 4.792e-3, 4);
		near(rmsError(f, knots), 2.487e-3, 4);
		near(rmsError(f, knots, leastSquares(f, knots)), 1.02e-3, 4);
	});

	test('for a parabola the laws are equalities (red if the 1/720 is off)', () => {
		const { f } = targetOf('x^2');
		const laws = lawsOf('x^2');
		const knots = uniformKnots(7);
		expect(supError(f, knots) * 49).toBeCloseTo(laws.sup, 7);
		expect(rmsError(f, knots) * 49).toBeCloseTo(laws.interpolation, 7);
		expect(rmsError(f, knots, leastSquares(f, knots)) * 49).toBeCloseTo(laws.leastSquares, 7);
	});

	test('measured errors stay within the brackets at every width', () => {
		for (const text of [sine, bump, runge, 'exp(3*x)*sin(9*x)', 'x^3 - x/2'])
			for (const m of [4, 16, 64, 128]) {
				const { f } = targetOf(text);
				const [u, e, d] = [uniformKnots(m), evenKnots(text, m), densityKnots(text, m, 0.4)];
				const measured = {
					sup: supError(f, u),
					supFree: supError(f, e),
					interpolation: rmsError(f, u),
					leastSquares: rmsError(f, u, leastSquares(f, u)),
					leastSquaresFree: rmsError(f, d, leastSquares(f, d)),
				};
				for (const law of Object.keys(measured) as (keyof typeof measured)[]) {
					const off = Math.abs((measured[law] * m * m) / lawsOf(text)[law] - 1);
					expect(off, `${law} of ${text} at ${m}`).toBeLessThan(
						resolution({ text, m })[law] + 1e-6,
					);
				}
			}
	});
});

test('m units run through m + 1 heights', () => {
	const { f } = targetOf(bump);
	const knots = [0, 0.1, 0.35, 0.4, 0.9, 1];
	const network = networkThrough(knots, knots.map(f));
	expect(network.outer).toHaveLength(5);
	for (const t of knots) expect(output(network, t)).toBeCloseTo(f(t), 13);
	expect(output(network, 0.2)).toBeCloseTo(f(0.1) + (0.1 / 0.25) * (f(0.35) - f(0.1)), 13);
});

test('least squares is at right angles to every hat', () => {
	const { f } = targetOf(sine);
	const knots = [0, 0.2, 0.5, 0.6, 1];
	const heights = leastSquares(f, knots);
	const best = rmsError(f, knots, heights);
	for (let j = 0; j < knots.length; j++)
		for (const step of [-1e-3, 1e-3]) {
			const moved = heights.map((h, i) => (i === j ? h + step : h));
			expect(rmsError(f, knots, moved)).toBeGreaterThan(best);
		}
});

describe('where the laws end', () => {
	test.each([
		['abs(x - 1/3)', /abs has a kink near x = 0\.33/],
		['max(x, 0.5)', /max has a kink near x = 0\.5/],
		['relu(x - 0.25)^3', /relu has a kink/],
		['sqrt(x)', /f″ is not finite at x = 0/],
	])('%s', (text, says) => expect(targetOf(text).rough).toMatch(says));

	test.each(['abs(x)', 'max(x, 0)', 'x^3', 'sqrt(1 + x)', '1', 'abs(sin(x) + 2)'])(
		'not %s',
		(text) => expect(targetOf(text).rough).toBeNull(),
	);
});

describe('sampled neurons', () => {
	test.each([
		[1, 1, 0.14626, 0.7979],
		[2, 1, 0.26667, 1.2533],
		[8, 0.5, 0.33372, 1.3708],
		[16, 0.4, 0.40106, 1.5752],
	])('V(%i, %d) = %d and C_f = %d', (d, s, v, c) => {
		expect(sampledVariance({ d, s })).toBeCloseTo(v, 5);
		expect(barronConstant({ d, s })).toBeCloseTo(c, 4);
	});

	test.each([
		[1, 0.7],
		[8, 0.5],
	])('V/m is the mean error and its variance is exact, d = %i, s = %d', (d, s) => {
		const errors = Array.from({ length: 4000 }, (_, r) =>
			sampledError({ d, s }, sampleFrequencies({ d, s }, 6, r)),
		);
		const mean = errors.reduce((a, b) => a + b, 0) / errors.length;
		const variance = errors.reduce((a, b) => a + (b - mean) ** 2, 0) / errors.length;
		const expected = errorVariance({ d, s }, 6);
		const z = (mean - sampledVariance({ d, s }) / 6) / Math.sqrt(expected / errors.length);
		expect(Math.abs(z), 'V/m is the mean').toBeLessThan(3.5);
		expect(Math.abs(variance / expected - 1), 'variance of one error').toBeLessThan(0.2);
	});

	test('the exact error is that of a test set', () => {
		const [bump3, m] = [{ d: 3, s: 0.6 }, 5];
		const w = sampleFrequencies(bump3, m, 1);
		const { normal } = random(2);
		let sum = 0;
		const count = 200_000;
		for (let i = 0; i < count; i++) {
			const x = [normal(), normal(), normal()];
			const f = Math.exp((-0.36 * x.reduce((a, b) => a + b * b, 0)) / 2);
			let net = 0;
			for (let j = 0; j < m; j++)
				net += Math.cos(w[3 * j]! * x[0]! + w[3 * j + 1]! * x[1]! + w[3 * j + 2]! * x[2]!) / m;
			sum += (f - net) ** 2;
		}
		expect(Math.abs(sum / count / sampledError(bump3, w) - 1)).toBeLessThan(0.02);
	});
});

describe('sampled neurons in training', () => {
	test('the gradient of their error is that of differences', () => {
		const group = { d: 2, s: 0.7 };
		const theta = Float64Array.from([...sampleFrequencies(group, 3, 1), 0.5, -0.2, 0.4]);
		const [gradient, none] = [new Float64Array(9), new Float64Array(9)];
		networkError(group, theta, gradient);
		gradient.forEach((slope, k) => {
			const at = (step: number) => networkError(group, theta.with(k, theta[k]! + step), none);
			expect((at(1e-5) - at(-1e-5)) / 2e-5, `weight ${k}`).toBeCloseTo(slope, 8);
		});
	});

	test('they start at the error of the draw, and 4 in 8 dimensions end at 1.6·10⁻²', () => {
		const group = { d: 8, s: 0.5 };
		const network = new Descent(group, 4, 3, 400);
		expect(network.error).toBeCloseTo(sampledError(group, sampleFrequencies(group, 4, 3)), 13);
		for (let t = 0; t < 400; t++) network.step();
		near(network.error, 1.6e-2, 3);
	});
});

test('a drawing has a continuous second derivative, and the laws hold for it', () => {
	const text = drawnText('x', [0, 1, 0.4, -1.2, 0.3, 0.3, 1.5, -0.5, 0]);
	const { second, rough } = targetOf(text);
	expect(rough).toBeNull();
	for (let j = 1; j < 8; j++) expect(second(j / 8 - 1e-9)).toBeCloseTo(second(j / 8 + 1e-9), 4);
	const run = { params: { target: text, widest: 1024 }, seed: 0, seeds: 1 };
	for (const hypothesis of [smooth, curved, resolved]) expect(hypothesis.broken(run)).toBeNull();
});

describe('the best fixed basis', () => {
	test.each([
		[1, 1, 0.382],
		[4, 1, 0.0213],
		[4, 2, 0.2705],
		[16, 2, 0.0301],
		[16, 4, 0.4102],
		[256, 4, 0.0346],
		[256, 8, 0.6183],
		[1024, 8, 0.4184],
		[1024, 16, 0.9667],
	])('%i functions in %i dimensions miss %d', (n, d, share) => {
		expect(missed(n, { d, s: 1 })).toBeCloseTo(share, 4);
	});

	test('the golden ratio', () => {
		const phi = (1 + Math.sqrt(5)) / 2;
		expect(mehler(1).first).toBeCloseTo(1 / phi, 14);
		expect(mehler(1).ratio).toBeCloseTo(1 / phi ** 2, 14);
	});

	test.each([
		[1, 3],
		[2, 9],
		[4, 110],
		[8, 15_790],
		[16, 257_252_463],
	])('in %i dimensions %i functions miss a tenth', (d, n) => {
		expect(basisSize(0.1, { d, s: 1 })).toBe(n);
	});

	test('least squares on random cosines is what a test set of members says', () => {
		const [group, n] = [{ d: 2, s: 0.8 }, 6];
		const basis = basisOf(group, n, 3);
		const told = [...leastSquaresMissed(group, basis)];
		// The first cosine alone: mean over members of 1 − ⟨h, φ⟩²/|h|²|φ|², by sampling members.
		const { normal, uniform } = random(9);
		const count = 60_000;
		let got = 0;
		const [w0, w1, b] = [basis.w[0]!, basis.w[1]!, basis.b[0]!];
		const norm = (1 + Math.cos(2 * b) * Math.exp(-2 * (w0 ** 2 + w1 ** 2))) / 2;
		for (let i = 0; i < count; i++) {
			const [v0, v1, c] = [0.8 * normal(), 0.8 * normal(), 2 * Math.PI * uniform()];
			const near = Math.exp(-((w0 - v0) ** 2 + (w1 - v1) ** 2) / 2);
			const far = Math.exp(-((w0 + v0) ** 2 + (w1 + v1) ** 2) / 2);
			got += ((Math.cos(b - c) * near + Math.cos(b + c) * far) / 2) ** 2 / norm;
		}
		expect(Math.abs((2 * got) / count - (1 - told[0]!))).toBeLessThan(0.01);
		told.forEach((share, i) => expect(share).toBeGreaterThan(missed(i + 1, group)));
	});

	test.each([
		[1, 0.2],
		[1, 1],
		[4, 1],
		[16, 1.5],
	])('no rounding takes it below the floor, d = %i, s = %d', (d, s) => {
		const told = [...leastSquaresMissed({ d, s }, basisOf({ d, s }, 128, 0))];
		told.forEach((share, i) => {
			expect(share).toBeGreaterThanOrEqual(missed(i + 1, { d, s }) * (1 - 1e-6));
			if (i > 0) expect(share).toBeLessThanOrEqual(told[i - 1]! + 1e-12);
		});
	});
});

test('the gradient of one neuron is that of differences, and it finds its target', () => {
	const [v, c] = [Float64Array.of(0.3, -0.8), 1.2];
	const theta = Float64Array.of(-0.5, 0.7, 0.4, 0.9);
	const gradient = new Float64Array(4);
	errorOf(theta, v, c, gradient);
	for (let k = 0; k < 4; k++) {
		const at = (step: number) => {
			const moved = theta.map((value, i) => (i === k ? value + step : value));
			return errorOf(moved, v, c, new Float64Array(4));
		};
		expect((at(1e-5) - at(-1e-5)) / 2e-5).toBeCloseTo(gradient[k]!, 8);
	}
	expect(trainedShare({ d: 4, s: 1 }, 0)).toBeLessThan(1e-9);
});

test('no least squares fit goes below the floor of m + 1 pieces', () => {
	const setting = { target: bump, widest: 16 };
	const floor = floors(setting);
	for (const row of fittedErrors({ ...setting, seed: 0, seeds: 4 }))
		row.forEach((error, i) => expect(error).toBeGreaterThan(floor[i]!));
});

test('the job starts at the interpolant, padded units and all', () => {
	const params = { target: sine, widest: 8, trained: 'all', steps: 10 };
	const job = trainingJob({ params, seed: 0, seeds: 2 });
	const { f } = targetOf(sine);
	// Replica 0 has width 4: units 4 to 7 are zero.
	const [inner, outer] = job.weights as [Float64Array, Float64Array];
	expect(Array.from(inner.subarray(8, 16)).every((w) => w === 0)).toBe(true);
	let value = outer[8]!;
	for (let j = 0; j < 8; j++)
		value += outer[j]! * Math.max(inner[2 * j]! * 1 + inner[2 * j + 1]!, 0);
	expect(value).toBeCloseTo(f(1), 12);
	expect(job.schedule?.[0]).toBe(1);
});

test('the answers are those of the solutions', () => {
	expect(exercises.slopes.answer()).toBe(1);
	expect(exercises.enough.ask({ error: 0.001 }).answer()).toBe(71);
	expect(exercises.gain.answer()).toBeCloseTo(2.89, 2);
	expect(Math.ceil(exercises.neurons.ask({ d: 16, s: 0.4 }).answer())).toBe(402);
	expect(exercises.growth.answer()).toBe(2);
});

import { expect, test } from 'vitest';
import { random } from '#theory/random.ts';
import { binsFor, counted, countedPairs, meanDensities } from './bins.ts';
import { phi } from './cloning.ts';
import { classesAt } from './mixture.ts';
import { cloneExactly, clock, drawAt, projections, shareAgreeing, stepBack } from './walk.ts';

const mixture = { d: 6, mu: 1, s: 0.7 };
const asleep = () => Promise.resolve();

test('the clock goes from its start to its end in ever shorter steps', () => {
	const times = clock(2, 10);
	expect([times[0], times[10]]).toEqual([2, 1e-3]);
	const steps = times.slice(1).map((t, k) => times[k]! - t);
	expect(steps.every((dt, k) => dt > 0 && (k === 0 || dt < steps[k - 1]!))).toBe(true);
});

test('a path back has the marginals of the way there, with noise and without', () => {
	for (const noise of ['own', 'none'] as const) {
		const stream = random(1, 'test');
		const x = drawAt(mixture, 1, 4000, stream);
		for (let k = 0; k < 100; k++) stepBack(mixture, x, 1 - k / 200, 1 / 200, stream, noise);
		const u = projections(x, mixture.d);
		const { c, spread } = classesAt(mixture, 0.5);
		const square = u.reduce((sum, v) => sum + v * v, 0) / u.length;
		expect(Math.abs(square / (c * c + spread) - 1), `marginals, noise ${noise}`).toBeLessThan(0.07);
	}
});

test('twins agree as φ says, and always without noise', async () => {
	const share = await cloneExactly(
		mixture,
		0.9,
		{ pairs: 1500, steps: 30 },
		random(2, 'test'),
		asleep,
	);
	const expected = phi(mixture, 0.9);
	const error = Math.sqrt((expected * (1 - expected)) / 1500);
	expect(Math.abs(share - expected), 'twins and φ').toBeLessThan(4 * error + 0.01);
	const flow = { pairs: 20, steps: 20, noise: 'none' } as const;
	expect(await cloneExactly(mixture, 2, flow, random(3, 'test'), asleep)).toBe(1);
	expect(shareAgreeing(Float64Array.of(1, -1, 2, 3))).toBe(0.5);
});

test('bins hold the whole swarm, and count it', () => {
	const { width } = binsFor(mixture);
	const mass = meanDensities(mixture, 0).reduce((sum, p) => sum + p * width, 0);
	expect(mass).toBeCloseTo(1, 3);
	expect(counted(Float64Array.of(-9, 0.1, 0.9, 1.4), [0.5, 1.5], 1)).toEqual([2, 1]);
	const axis = { middles: [0, 1], width: 1 };
	expect(
		countedPairs(Float64Array.of(0.2, 0.9, 5), Float64Array.of(1.2, -0.3, 0), axis, axis),
	).toEqual([0, 1, 1, 0]);
});

import { describe, expect, test } from 'vitest';
import { halfLife } from '#theory/descentFilter.ts';
import { linearised } from './linearised.ts';
import {
	angles,
	circle,
	circleCosine,
	infiniteWidth,
	relativeTravel,
	spectrum,
	start,
	stepSize,
	target,
} from './theory.ts';

/** The problem of the reference values, which another program computed. */
const problem = { n: 16, lift: 1, frequencies: [1, 2, 4], step: 1 };

describe('the infinitely wide network on the lifted circle', () => {
	test.each(
		[16.5609, 6.42727, 0.81272, 0.18243, 0.10261, 0.06932, 0.05457, 0.04774, 0.04573].map(
			(value, k) => [k, value] as const,
		),
	)('λ_%i = %d', (k, value) => {
		expect(Math.abs(spectrum(16, 1)[k]! - value)).toBeLessThan(k === 0 ? 5.1e-5 : 5.1e-6);
	});

	test.each([0, 0.5, 1, 2])('r is the scalar product of the inputs, at lift %d', (lift) => {
		const [u, v] = [0.3, 1.9].map((p) => circle([p], lift));
		const product = u!.reduce((sum, c, i) => sum + c * v![i]!, 0);
		expect(circleCosine(1.9 - 0.3, lift)).toBeCloseTo(product, 14);
	});

	test('η = 1/λ_max = .060383 (red if the step size is off by two)', () => {
		expect(stepSize(problem)).toBeCloseTo(0.060383, 6);
	});

	test('the target is cos p + ½ cos(2p + 1) + ½ cos 4p', () => {
		for (const p of angles(7)) {
			const y = Math.cos(p) + 0.5 * Math.cos(2 * p + 1) + 0.5 * Math.cos(4 * p);
			expect(target([1, 2, 4], p)).toBeCloseTo(y, 14);
		}
	});

	test.each([
		[5, 3.1475],
		[20, 1.827],
		[50, 1.0873],
		[100, 0.5771],
		[200, 0.1665],
	])('after %i steps the sum of squares is %d (red if η is off by two)', (t, loss) => {
		expect(infiniteWidth(problem).loss(t)).toBeCloseTo(loss, 4);
	});

	test.each([
		[200, 13.572],
		[400, 20.087],
	])('after %i steps the squared travel is %d', (t, travel) => {
		expect(infiniteWidth(problem).travelSquared(t)).toBeCloseTo(travel, 3);
	});

	test('mode 4 is half gone after 111.5 steps', () => {
		expect(halfLife(stepSize(problem), spectrum(16, 1)[4]!)).toBeCloseTo(111.5, 1);
	});

	test('at β = 0 the eigenvalues of the odd frequencies from 3 on vanish: three of nine', () => {
		const vanishing = spectrum(16, 0).flatMap((value, k) => (Math.abs(value) < 1e-12 ? [k] : []));
		expect(vanishing).toEqual([3, 5, 7]);
	});

	test('relative travel at m = 1024, T = 400, α = 1 is .0700', () => {
		expect(relativeTravel(problem, 1024, 1, 400)).toBeCloseTo(0.07, 4);
	});

	test.each([
		[4, 0.56],
		[8, 0.28],
		[16, 0.14],
		[32, 0.07],
		[128, 0.0175],
	])('mean-field scale %i at m = 1024: relative travel %d', (scale, travel) => {
		// f = scale · √2/m Σ is scale/√m times the parametrisation of this lesson.
		const alpha = scale / Math.sqrt(1024);
		expect(relativeTravel(problem, 1024, alpha, 400)).toBeCloseTo(travel, scale > 100 ? 4 : 3);
	});

	test('it learns its training points: f_t = y − residual there', () => {
		const infinite = infiniteWidth(problem, angles(16));
		const residual = infinite.residual(37);
		infinite
			.learnt(37)
			.forEach((f, i) =>
				expect(f).toBeCloseTo(target([1, 2, 4], angles(16)[i]!) - residual[i]!, 11),
			);
	});
});

test('the linearised network tends to the infinitely wide one', () => {
	const net = linearised(problem, start(2 ** 17, 1), angles(5));
	const infinite = infiniteWidth(problem, angles(5));
	expect(net.loss(20) / infinite.loss(20)).toBeCloseTo(1, 1);
	net.learnt(20).forEach((f, i) => expect(f).toBeCloseTo(infinite.learnt(20)[i]!, 1));
});

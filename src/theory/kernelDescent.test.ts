import { expect, test } from 'vitest';
import { circulantEigen } from './circulant.ts';
import { symmetricEigen } from './eigen.ts';
import { kernelDescent, multiply } from './kernelDescent.ts';
import { random } from './random.ts';

test('closed forms equal descent stepped by hand on a linear model, to ten digits', () => {
	const { normal } = random(7);
	const [n, p, eta, steps] = [5, 9, 0.02, 40];
	const features = Float64Array.from({ length: n * p }, normal);
	const y = Float64Array.from({ length: n }, normal);
	const kernel = new Float64Array(n * n);
	for (let i = 0; i < n; i++)
		for (let j = 0; j < n; j++)
			for (let k = 0; k < p; k++) kernel[i * n + j]! += features[i * p + k]! * features[j * p + k]!;

	const weights = new Float64Array(p);
	for (let t = 0; t < steps; t++) {
		const error = multiply(features, weights).map((f, i) => f - y[i]!);
		for (let k = 0; k < p; k++)
			for (let i = 0; i < n; i++) weights[k]! -= eta * error[i]! * features[i * p + k]!;
	}
	const residual = multiply(features, weights).map((f, i) => y[i]! - f);
	const travel = weights.reduce((sum, w) => sum + w * w, 0);

	const descent = kernelDescent(symmetricEigen(kernel), y, eta);
	descent.residual(steps).forEach((r, i) => expect(r).toBeCloseTo(residual[i]!, 10));
	expect(descent.loss(steps)).toBeCloseTo(
		residual.reduce((sum, r) => sum + r * r, 0),
		10,
	);
	expect(descent.travelSquared(steps)).toBeCloseTo(travel, 10);
	const learnt = multiply(kernel, descent.coefficients(steps));
	learnt.forEach((f, i) => expect(f).toBeCloseTo(y[i]! - residual[i]!, 10));
});

test('past the edge a mode that the target lacks stays silent: rounding is not amplified', () => {
	const n = 16;
	const row = Array.from({ length: n }, (_, i) => 1 + Math.cos((2 * Math.PI * i) / n));
	const y = Float64Array.from({ length: n }, (_, i) => Math.cos((2 * Math.PI * i) / n + 0.3));
	const eigen = circulantEigen(row);
	// λ of the constant is n, that of cos p is n/2: the first is past 2/λ, the second is not.
	const descent = kernelDescent(eigen, y, 2.5 / n);
	expect(descent.loss(400)).toBeLessThan(1e-20);
});

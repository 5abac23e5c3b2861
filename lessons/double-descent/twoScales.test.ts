import { expect, test } from 'vitest';
import { excess, large, small } from './twoScales.ts';

const at = (n: number, t: number) =>
	excess({ params: { n, ratio: 0.01, noise: 1, time: t }, seed: 0, seeds: 1 }, t);

test('the excess risk in the course of training: falls at first, rises, and falls again', () => {
	// Beside each the mean over 60 draws (40 at n = 600), whose standard error is 1 to 2.5 %.
	const cases = [
		[200, 10, 1.4029, 1.4116],
		[200, 30, 1.528, 1.5351],
		[200, 100, 1.2818, 1.2852],
		[200, 300, 0.835, 0.8364],
		[200, 3000, 0.537, 0.5581],
		[600, 10, 1.0314, 1.0299],
		[600, 100, 0.6962, 0.6928],
		[600, 3000, 0.1321, 0.1291],
	] as const;
	for (const [n, t, value, drawn] of cases) {
		const parts = at(n, t);
		expect(parts.large + parts.small, `n = ${n}, t = ${t}`).toBeCloseTo(value, 3);
		expect(Math.abs(drawn / value - 1)).toBeLessThan(0.04);
	}
});

test('both ends are least squares: with the small features as noise, and without', () => {
	const [n, g] = [200, large.count / 200];
	expect(at(n, 300).large).toBeLessThan(((1 + small.energy) * g) / (1 - g));
	const late = at(n, 1e6);
	const missed = small.count / (n - large.count - small.count);
	expect(late.small).toBeCloseTo(missed, 4);
	expect(late.large).toBeCloseTo(((1 + missed) * g) / (1 - g), 4);
});

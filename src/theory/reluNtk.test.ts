import { describe, expect, test } from 'vitest';
import { firstLayerNtk, reluNtk } from './reluNtk.ts';

describe('neural tangent kernel of a ReLU network', () => {
	const table: [depth: number, r: number, theta: number][] = [
		[1, 0, 0.31831],
		[2, 0, 0.685709],
		[3, 0, 1.060388],
		[1, 0.5, 0.942331],
		[2, 0.5, 1.35148],
		[3, 0.5, 1.737845],
		[1, -0.5, -0.057669],
		[2, -0.5, 0.343862],
		[3, -0.5, 0.742249],
		[1, 1, 2],
		[2, 1, 3],
		[3, 1, 4],
	];
	test.each(table)(
		'depth %i, r = %d: Θ = %d (red if κ₀ or κ₁ loses its 1/π)',
		(depth, r, theta) => {
			expect(Math.abs(reluNtk(depth, r) - theta)).toBeLessThan(5.1e-7);
		},
	);

	test('the first layer alone gives r/2 of κ₀, so 1/2 on the diagonal', () => {
		expect(firstLayerNtk(1)).toBe(0.5);
		expect(firstLayerNtk(0.5)).toBeCloseTo(1 / 6, 14);
		expect(firstLayerNtk(0)).toBe(0);
	});
});

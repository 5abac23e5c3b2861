import { describe, expect, test } from 'vitest';
import { circulantEigen, circulantSpectrum, modeAmplitudes } from './circulant.ts';
import { symmetricEigen } from './eigen.ts';
import { multiply } from './kernelDescent.ts';
import { random } from './random.ts';

describe('circulant matrices', () => {
	test('the spectrum is that of the matrix', () => {
		const { normal } = random(3);
		const half = Array.from({ length: 5 }, normal);
		const row = Array.from({ length: 8 }, (_, i) => half[Math.min(i, 8 - i)] ?? NaN);
		const matrix = Float64Array.from({ length: 64 }, (_, at) => {
			const [i, j] = [Math.floor(at / 8), at % 8];
			return row[(j - i + 8) % 8] ?? NaN;
		});
		const sorted = circulantSpectrum(row).sort((a, b) => a - b);
		const { values } = symmetricEigen(matrix);
		sorted.forEach((value, i) => expect(value).toBeCloseTo(values[i] ?? NaN, 12));

		const waves = circulantEigen(row);
		waves.values.forEach((value, i) => {
			const v = waves.vectors.subarray(8 * i, 8 * i + 8);
			multiply(matrix, v).forEach((w, j) => expect(w).toBeCloseTo(value * v[j]!, 12));
			for (let other = 0; other < 8; other++) {
				const u = waves.vectors.subarray(8 * other, 8 * other + 8);
				const product = u.reduce((sum, entry, j) => sum + entry * v[j]!, 0);
				expect(product).toBeCloseTo(other === i ? 1 : 0, 12);
			}
		});
	});

	test('amplitudes are read off whatever the phase', () => {
		const samples = Array.from({ length: 16 }, (_, i) => {
			const p = (2 * Math.PI * i) / 16;
			return 0.25 + Math.cos(p) + 0.5 * Math.cos(2 * p + 1);
		});
		const amplitudes = modeAmplitudes(samples);
		[0.25, 1, 0.5, 0, 0, 0, 0, 0, 0].forEach((value, k) =>
			expect(amplitudes[k]).toBeCloseTo(value, 14),
		);
	});
});

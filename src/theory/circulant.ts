import type { Eigen } from './eigen.ts';

/**
 * Circulant matrices C[i][j] = row[(j − i) mod n] with a symmetric first row: the kernel matrix of n
 * equally spaced points on a circle. Their eigenvectors are the Fourier modes.
 */

/** Eigenvalue of Fourier mode k = 0 … n − 1: λ_k = Σ_i row[i] cos(2πki/n), so λ_k = λ_{n−k}. */
export function circulantSpectrum(row: readonly number[]): number[] {
	const n = row.length;
	return row.map((_, k) =>
		row.reduce((sum, entry, i) => sum + entry * Math.cos((2 * Math.PI * k * i) / n), 0),
	);
}

/** Eigendecomposition, ascending, with the cosine and sine waves on n points, n even, as vectors. */
export function circulantEigen(row: readonly number[]): Eigen {
	const n = row.length;
	const spectrum = circulantSpectrum(row);
	const modes = spectrum.map((value, k) => ({ value, k })).sort((a, b) => a.value - b.value);
	const vectors = modes.flatMap(({ k }) => {
		const wave = 2 * k <= n ? Math.cos : Math.sin;
		const norm = Math.sqrt((k === 0 || 2 * k === n ? 1 : 2) / n);
		return row.map((_, i) => norm * wave((2 * Math.PI * ((k * i) % n)) / n));
	});
	return {
		values: Float64Array.from(modes, ({ value }) => value),
		vectors: Float64Array.from(vectors),
	};
}

/**
 * Amplitude of each frequency k = 0 … n/2 in n equally spaced samples, n even: c cos(kp + φ) has
 * amplitude |c| at k (at k = n/2 only its cosine part is seen).
 */
export function modeAmplitudes(samples: ArrayLike<number>): number[] {
	const n = samples.length;
	return Array.from({ length: n / 2 + 1 }, (_, k) => {
		let [cos, sin] = [0, 0];
		for (let i = 0; i < n; i++) {
			const phase = (2 * Math.PI * ((k * i) % n)) / n;
			cos += (samples[i] ?? NaN) * Math.cos(phase);
			sin += (samples[i] ?? NaN) * Math.sin(phase);
		}
		return (Math.hypot(cos, sin) * (k === 0 || 2 * k === n ? 1 : 2)) / n;
	});
}

/** The fixed kernel on the samples of the network, and a plane on which both are looked at. */
import { breather } from '#contract';
import { random } from '#theory/random.ts';
import { kernels } from './harmonicLaw.ts';
import type { Samples } from './network.ts';
import { kernelMatrix, predictions, ridgeFactor, whiten } from './ridge.ts';

export const ridge = 1e-3;
/** Places along each side of the plane, from −2 to 2. */
export const side = 25;
export const sidePlaces = Array.from({ length: side }, (_, i) => (4 * i) / (side - 1) - 2);

/** Points uθ + vφ + wψ of length √d, θ and φ the first two axes, ψ a direction across both, shape [side², d]. */
export function planeOf(d: number, seed: number): Float64Array {
	const { normal } = random(seed, `curse/plane/${d}`);
	const across = Float64Array.from({ length: d - 2 }, normal);
	const length = Math.hypot(...across);
	const x = new Float64Array(side * side * d);
	sidePlaces.forEach((v, j) =>
		sidePlaces.forEach((u, i) => {
			const at = (j * side + i) * d;
			const rest = Math.sqrt(Math.max(0, d - u * u - v * v)) / length;
			x.set([u, v, ...across.map((c) => rest * c)], at);
		}),
	);
	return x;
}

/** Mean square errors on the fresh points of each seed, and the answers of the first seed on the plane. */
export async function kernelAnswers(
	both: readonly { train: Samples; fresh: Samples }[],
	d: number,
	plane: Float64Array,
	signal: AbortSignal,
): Promise<{ errors: number[]; plane: number[] }> {
	const unit = (x: Float64Array) => x.map((c) => c / Math.sqrt(d));
	const breathe = breather(signal);
	let onPlane: number[] = [];
	const errors: number[] = [];
	for (const [r, { train, fresh }] of both.entries()) {
		const n = train.y.length;
		const x = unit(train.x);
		const factor = ridgeFactor(x, d, kernels.tangent, ridge);
		const u = whiten(factor, train.y);
		const answers = async (points: Float64Array) => {
			const matrix = kernelMatrix(unit(points), x, d, kernels.tangent);
			const all: number[] = [];
			for (let i = 0; i < points.length / d; i++) {
				await breathe();
				const w = whiten(factor, matrix.subarray(i * n, (i + 1) * n));
				all.push(predictions(w, u, [n])[0]!);
			}
			return all;
		};
		const values = await answers(fresh.x);
		errors.push(values.reduce((sum, v, i) => sum + (v - fresh.y[i]!) ** 2, 0) / values.length);
		if (r === 0) onPlane = await answers(plane);
	}
	return { errors, plane: onPlane };
}

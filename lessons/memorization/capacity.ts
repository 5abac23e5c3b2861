/** Jobs of the figure "capacity": two hidden layers of width w, trained to store N labels. */
import type { Job, Run } from '#contract';
import { concatenate } from '#theory/arrays.ts';
import { drawMlp, mlpLayers } from '#theory/mlp.ts';
import { random } from '#theory/random.ts';
import { weightCount } from './widths.ts';

export type CapacityParams = { n: number; widest: number; steps: number };

/** Dimension of the points. */
export const d = 8;

/** The widths of a run. */
export function widthsOf({ params: { widest } }: Pick<Run<CapacityParams>, 'params'>): number[] {
	return [2, 3, 4, 5, 6, 8, 10, 12, 16].filter((w) => w <= widest);
}

export const weightsOf = (width: number) => weightCount(d, width);

/** Coins on Gaussian points, and alternating labels on a line: inputs [N, d] and labels [N] of a seed. */
function drawData(n: number, seed: number): { coins: Float64Array[]; line: Float64Array[] } {
	const { normal, uniform } = random(seed, 'memorization/capacity');
	const x = Float64Array.from({ length: n * d }, normal);
	const y = Float64Array.from({ length: n }, () => (uniform() < 0.5 ? -1 : 1));
	const u = Array.from({ length: d }, normal);
	const length = Math.hypot(...u);
	const onLine = new Float64Array(n * d);
	for (let i = 0; i < n; i++) {
		const place = Math.sqrt(12 * d) * ((i + 0.5) / n - 0.5);
		for (let k = 0; k < d; k++) onLine[i * d + k] = (place * u[k]!) / length;
	}
	return {
		coins: [x, y],
		line: [onLine, Float64Array.from({ length: n }, (_, i) => (i % 2 ? 1 : -1))],
	};
}

/** All seeds of one width by Adam: first on coins, then on the line, 2R replicas. */
export function capacityJob({ params, seed, seeds }: Run<CapacityParams>, width: number): Job {
	const { n } = params;
	const sizes = [d, width, width, 1];
	const layers = mlpLayers({ sizes });
	const data = Array.from({ length: seeds }, (_, r) => drawData(n, seed + r));
	const both = [...data.map(({ coins }) => coins), ...data.map(({ line }) => line)];
	const starts = both.map((_, k) => {
		const stream = random(seed + (k % seeds), `memorization/capacity/start-${width}`);
		return drawMlp({ sizes, activation: 'relu' }, 2, stream);
	});
	return {
		network: { sizes, activation: 'relu', scales: [1, 1, 1], biases: true },
		optimiser: { kind: 'adam', stepSize: 0.02, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
		replicas: 2 * seeds,
		weights: layers.map((layer) =>
			concatenate(
				starts.map((theta) => theta.subarray(layer.from, layer.from + layer.out * (layer.in + 1))),
			),
		),
		x: concatenate(both.map(([x]) => x!)),
		y: concatenate(both.map(([, y]) => y!)),
		lossFactor: 1 / n,
	};
}

/** The share of outputs with the wrong sign, for each replica; 0 counts as −1, and NaN is always wrong. */
export function wrongShare(outputs: Float64Array, y: Float64Array, replicas: number): number[] {
	const n = y.length / replicas;
	return Array.from({ length: replicas }, (_, r) => {
		let wrong = 0;
		for (let i = r * n; i < (r + 1) * n; i++) {
			const right = y[i]! > 0 ? outputs[i]! > 0 : outputs[i]! <= 0;
			if (!right) wrong++;
		}
		return wrong / n;
	});
}

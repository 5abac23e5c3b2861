/** Jobs of the figure "network": one hidden layer of rectifiers with biases, trained by Adam. */
import type { Job, Run } from '#contract';
import { random } from '#theory/random.ts';

export type NetworkParams = { n: number; noise: number; steps: number; widest: string };

export const d = 10;
/** Fresh points, with noisy labels, on which each network is tested. */
export const tests = 400;
const all = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 128];

export function widthsOf({ params }: Run<NetworkParams>): number[] {
	return all.filter((m) => m <= Number(params.widest));
}

/** Widths that train as one batch, padded to the widest with units whose weights are zero and stay so. */
export function groupsOf(run: Run<NetworkParams>): number[][] {
	const of = (from: number, to: number) => widthsOf(run).filter((m) => from <= m && m <= to);
	return [of(1, 8), of(12, 24), of(32, 64), of(128, 128)].filter((group) => group.length > 0);
}

/** m (d + 1) weights and biases within, m + 1 without: 12m + 1. */
export function parameters(m: number): number {
	return m * (d + 1) + m + 1;
}

/** The sample sizes of a run: its own first, then half and twice as many. */
export function sampleSizes({ params: { n } }: Run<NetworkParams>): number[] {
	return [n, n / 2, 2 * n];
}

export interface Trial {
	readonly job: Job;
	/** Test inputs, shape [R, tests, d], and noisy labels. */
	readonly x: Float64Array;
	readonly y: Float64Array;
}

/** All seeds of each width of a group, width by width, on n samples of sin(2x₁) + noise. */
export function trial(run: Run<NetworkParams>, n: number, group: readonly number[]): Trial {
	const { noise } = run.params;
	const { seed, seeds } = run;
	const widest = Math.max(...group);
	const replicas = group.length * seeds;
	const inner = new Float64Array(replicas * widest * (d + 1));
	const outer = new Float64Array(replicas * (widest + 1));
	const data = (count: number, stream: string) => {
		const [x, y] = [new Float64Array(replicas * count * d), new Float64Array(replicas * count)];
		for (let r = 0; r < seeds; r++) {
			const { normal } = random(seed + r, stream);
			const inputs = Float64Array.from({ length: count * d }, normal);
			const labels = Float64Array.from(
				{ length: count },
				(_, i) => Math.sin(2 * inputs[i * d]!) + Math.sqrt(noise) * normal(),
			);
			for (let k = 0; k < group.length; k++) {
				x.set(inputs, (k * seeds + r) * count * d);
				y.set(labels, (k * seeds + r) * count);
			}
		}
		return { x, y };
	};
	group.forEach((m, k) => {
		for (let r = 0; r < seeds; r++) {
			const { normal } = random(seed + r, `double-descent/start/${m}`);
			const at = k * seeds + r;
			for (let j = 0; j < m; j++) {
				const row = (at * widest + j) * (d + 1);
				for (let c = 0; c < d; c++) inner[row + c] = Math.sqrt(2 / d) * normal();
				inner[row + d] = 0.1 * normal();
				outer[at * (widest + 1) + j] = 0.3 * Math.sqrt(2 / m) * normal();
			}
			outer[at * (widest + 1) + widest] = 0.1 * normal();
		}
	});
	const training = data(n, 'double-descent/network/training');
	return {
		job: {
			network: {
				sizes: [d, widest, 1],
				activation: 'relu',
				scales: [1, 1],
				biases: true,
			},
			optimiser: { kind: 'adam', stepSize: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
			replicas,
			weights: [inner, outer],
			...training,
			lossFactor: 2 / n,
		},
		...data(tests, 'double-descent/network/test'),
	};
}

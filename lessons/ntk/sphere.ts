/**
 * The setting of Arora, Du, Hu, Li & Wang (2019): n inputs on the unit sphere of ℝ^d, only the first
 * layer of f(x) = m^(−1/2) Σ_j a_j relu(w_j·x) learns, a_j = ±1, loss ½ |f − y|². Replica r of a run is
 * drawn from seed + r: inputs, labels and start.
 */
import type { Job, Run } from '#contract';
import { concatenate, sumOfSquares } from '#theory/arrays.ts';
import { symmetricEigen } from '#theory/eigen.ts';
import { kernelDescent, type KernelDescent } from '#theory/kernelDescent.ts';
import { memo } from '#theory/memo.ts';
import { random } from '#theory/random.ts';
import { firstLayerNtk } from '#theory/reluNtk.ts';
import { drawTwoLayer, tangentKernel, type TwoLayer } from '#theory/twoLayer.ts';

/** Labels with a rule behind them, for unit inputs; each has mean square 1 over the sphere. */
const rules = {
	linear: (x: Float64Array) => Math.sqrt(x.length) * x[0]!,
	sign: (x: Float64Array) => (x[0]! < 0 ? -1 : 1),
	quadratic: (x: Float64Array) => Math.sqrt(x.length * (x.length + 2)) * x[0]! * x[1]!,
};
export type Rule = keyof typeof rules;

/** Labels by a rule, or ±1 by the toss of a coin. */
export type Labels = 'rule' | 'random';

export type SphereParams = {
	rule: string;
	width: number;
	n: number;
	d: number;
	step: number;
	steps: number;
};
export type SphereRun = Run<SphereParams>;

/** Inputs of one seed, shape [n, d], uniform on the sphere. */
export function sphere(n: number, d: number, seed: number): Float64Array {
	const { normal } = random(seed, 'ntk/sphere');
	return concatenate(
		Array.from({ length: n }, () => {
			const x = Float64Array.from({ length: d }, normal);
			const length = Math.sqrt(sumOfSquares(x));
			return x.map((c) => c / length);
		}),
	);
}

export function ruleLabels(rule: Rule, x: Float64Array, d: number): Float64Array {
	const n = x.length / d;
	return Float64Array.from({ length: n }, (_, i) => rules[rule](x.subarray(i * d, (i + 1) * d)));
}

export function randomLabels(n: number, seed: number): Float64Array {
	const { uniform } = random(seed, 'ntk/labels');
	return Float64Array.from({ length: n }, () => (uniform() < 0.5 ? 1 : -1));
}

/** H_ij = x_i·x_j (π − acos x_i·x_j)/(2π), n × n. */
export function gram(x: Float64Array, d: number): Float64Array {
	const n = x.length / d;
	const h = new Float64Array(n * n);
	for (let i = 0; i < n; i++)
		for (let j = 0; j <= i; j++) {
			let r = 0;
			for (let c = 0; c < d; c++) r += x[i * d + c]! * x[j * d + c]!;
			h[i * n + j] = h[j * n + i] = firstLayerNtk(i === j ? 1 : r);
		}
	return h;
}

/** The complexity measure √(2 yᵀH⁻¹y/n), from the eigenbasis of H. */
export function complexity({ values, coordinates }: KernelDescent): number {
	const energy = coordinates.reduce((sum, c, i) => sum + (c * c) / values[i]!, 0);
	return Math.sqrt((2 * energy) / values.length);
}

/** One seed: inputs, the two label vectors, step size and the two linear dynamics. */
export interface Sample {
	readonly x: Float64Array;
	readonly y: Readonly<Record<Labels, Float64Array>>;
	readonly eta: number;
	readonly dynamics: Readonly<Record<Labels, KernelDescent>>;
}

/** η = step/λ_max(H) for each seed. */
export const samples = memo((run: SphereRun): Sample[] => {
	const { n, d, rule, step } = run.params;
	return Array.from({ length: run.seeds }, (_, r) => {
		const x = sphere(n, d, run.seed + r);
		const known = rule === 'sign' || rule === 'quadratic' ? rule : 'linear';
		const y = { rule: ruleLabels(known, x, d), random: randomLabels(n, run.seed + r) };
		const eigen = symmetricEigen(gram(x, d));
		const eta = step / (eigen.values.at(-1) ?? NaN);
		const dynamics = {
			rule: kernelDescent(eigen, y.rule, eta),
			random: kernelDescent(eigen, y.random, eta),
		};
		return { x, y, eta, dynamics };
	});
});

/** The starts of a run, one per seed; both kinds of labels begin at the same. */
function starts({ params, seed, seeds }: SphereRun): TwoLayer[] {
	const { width, d } = params;
	const shape = { width, dimension: d, outer: 'signs', mirrored: true } as const;
	return Array.from({ length: seeds }, (_, r) =>
		drawTwoLayer(shape, random(seed + r, `ntk/sphere/${width}`)),
	);
}

/** λ_max of each seed's own kernel at the start, H_0. */
export const startingEdges = memo((run: SphereRun): number[] =>
	samples(run).map(({ x }, r) => {
		const net = starts(run)[r]!;
		const kernel = tangentKernel(net, 1 / Math.sqrt(net.width), x, x, false);
		return symmetricEigen(kernel).values.at(-1) ?? NaN;
	}),
);

/** Both label kinds of every seed side by side: replicas 0 … S − 1 by rule, S … 2S − 1 at random. */
export function sphereJob(run: SphereRun): Job {
	const { width, d } = run.params;
	const nets = starts(run);
	const all = samples(run);
	const twice = (parts: Float64Array[]) => concatenate([...parts, ...parts]);
	return {
		network: {
			sizes: [d, width, 1],
			activation: 'relu',
			scales: [1, 1 / Math.sqrt(width)],
			trained: [true, false],
		},
		optimiser: { kind: 'gd', stepSize: [...all, ...all].map(({ eta }) => eta) },
		replicas: 2 * run.seeds,
		weights: [twice(nets.map((net) => net.inner)), twice(nets.map((net) => net.outer))],
		x: twice(all.map(({ x }) => x)),
		y: concatenate([...all.map(({ y }) => y.rule), ...all.map(({ y }) => y.random)]),
		lossFactor: 1,
	};
}

import type { Job, Lab, LaneInfo, Probe, Session } from '#contract';

/**
 * A laboratory in plain float64 for tests: dense ReLU or linear networks of one or two layers, plain
 * gradient descent, everything a figure of this lesson asks for and nothing else.
 */
export const plainLab: Lab = { open: (job) => Promise.resolve(open(job)) };

const info: LaneInfo = { lane: 'cpu', selfTestError: 0, renderer: 'tests', notes: [] };

function open(job: Job): Session {
	const [d = 0, m = 0, outputs = 0] = job.network.sizes;
	if (job.network.sizes.length !== 3 || outputs !== 1) throw new RangeError('two layers only');
	if (job.optimiser.kind !== 'gd') throw new RangeError('plain gradient descent only');
	const { replicas: count, optimiser } = job;
	const n = job.y.length / count;
	const scale = (job.network.scales[0] ?? NaN) * (job.network.scales[1] ?? NaN);
	const learns = job.network.trained ?? [true, true];
	const relu = job.network.activation === 'relu';
	const [w, a] = job.weights.map((layer) => layer.slice()) as [Float64Array, Float64Array];
	const etas = optimiser.stepSize;
	let step = 0;

	/** The pre-activation of neuron j of replica r at input i of `x`. */
	const pre = (r: number, j: number, x: Float64Array, at: number) => {
		let u = 0;
		const from = (r * m + j) * d;
		for (let c = 0; c < d; c++) u += w[from + c]! * x[at + c]!;
		return u;
	};
	const field = (x: Float64Array) => {
		const k = x.length / count / d;
		const f = new Float64Array(count * k);
		for (let r = 0; r < count; r++)
			for (let j = 0; j < m; j++)
				for (let i = 0; i < k; i++) {
					const u = pre(r, j, x, (r * k + i) * d);
					if (u > 0 || !relu) f[r * k + i]! += scale * a[r * m + j]! * u;
				}
		return f;
	};
	const train = () => {
		const f = field(job.x);
		for (let r = 0; r < count; r++) {
			const eta = (typeof etas === 'number' ? etas : etas[r]!) * job.lossFactor * scale;
			const error = Float64Array.from({ length: n }, (_, i) => f[r * n + i]! - job.y[r * n + i]!);
			const g = new Float64Array(d);
			for (let j = 0; j < m; j++) {
				let ga = 0;
				g.fill(0);
				for (let i = 0; i < n; i++) {
					const at = (r * n + i) * d;
					const u = pre(r, j, job.x, at);
					if (u <= 0 && relu) continue;
					ga += error[i]! * u;
					for (let c = 0; c < d; c++) g[c]! += error[i]! * job.x[at + c]!;
				}
				const outer = a[r * m + j]!;
				if (learns[0]) for (let c = 0; c < d; c++) w[(r * m + j) * d + c]! -= eta * outer * g[c]!;
				if (learns[1]) a[r * m + j]! -= eta * ga;
			}
		}
		step++;
	};
	const travel = () =>
		Float64Array.from({ length: count }, (_, r) =>
			[w, a].reduce((sum, layer, l) => {
				const size = layer.length / count;
				const from = job.weights[l]!;
				let square = 0;
				for (let i = r * size; i < (r + 1) * size; i++) square += (layer[i]! - from[i]!) ** 2;
				return sum + square;
			}, 0),
		);
	const kernel = () => {
		const result = new Float64Array(count * n * n);
		const u = new Float64Array(n);
		for (let r = 0; r < count; r++)
			for (let j = 0; j < m; j++) {
				for (let i = 0; i < n; i++) u[i] = pre(r, j, job.x, (r * n + i) * d);
				for (let i = 0; i < n; i++)
					for (let k = 0; k < n; k++) {
						if (relu && (u[i]! <= 0 || u[k]! <= 0)) continue;
						let product = 0;
						for (let c = 0; c < d; c++)
							product += job.x[(r * n + i) * d + c]! * job.x[(r * n + k) * d + c]!;
						result[(r * n + i) * n + k]! +=
							scale *
							scale *
							((learns[1] ? u[i]! * u[k]! : 0) + (learns[0] ? a[r * m + j]! ** 2 * product : 0));
					}
			}
		return result;
	};
	const answers = (probe: Probe) => {
		switch (probe.kind) {
			case 'outputs':
				return field(job.x);
			case 'field':
				return field(probe.x);
			case 'travel':
				return travel();
			case 'tangentKernel':
				return kernel();
		}
	};
	return {
		info,
		get step() {
			return step;
		},
		kernelsPerStep: null,
		advance: (steps) => {
			for (let i = 0; i < steps; i++) train();
			return Promise.resolve();
		},
		probe: (probe) => Promise.resolve(answers(probe)),
		dispose: () => undefined,
	};
}

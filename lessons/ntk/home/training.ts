/**
 * A two-layer ReLU network on a circle: what infinite width predicts, and gradient descent on the
 * networks that the seed draws. Computed anew in float64 and held against what the page showed. Needs
 * nothing but TypeScript:
 *
 *     npx tsx training.ts
 */
interface Curve {
	readonly id: string;
	readonly x: readonly number[];
	readonly predicted: readonly number[];
	readonly measured: readonly number[];
}
interface Run {
	readonly params: {
		readonly width: number;
		readonly alpha: number;
		readonly step: number;
		readonly frequencies: readonly number[];
		readonly n: number;
		readonly lift: number;
	};
	readonly seed: number;
	readonly seeds: number;
	readonly steps: number;
	readonly curves: readonly Curve[];
}
const run = JSON.parse('THE RUN') as Run;
const { width: m, alpha, n, lift: beta, step, frequencies } = run.params;
const T = run.steps;
const range = (k: number) => Array.from({ length: k }, (_, i) => i);
const sum = (values: readonly number[]) => values.reduce((s, v) => s + v, 0);
const squares = (values: readonly number[]) => sum(values.map((v) => v * v));

/** The random numbers of the page: sfc32, filled by splitmix32, normal by Marsaglia's polar method. */
function normals(seed: number, stream: string, count: number): number[] {
	let mix = 0x811c9dc5;
	for (const c of stream) mix = Math.imul(mix ^ c.charCodeAt(0), 0x01000193);
	mix ^= seed;
	const fill = () => {
		mix = (mix + 0x9e3779b9) | 0;
		let z = Math.imul(mix ^ (mix >>> 16), 0x21f0aaad);
		z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
		return z ^ (z >>> 15);
	};
	let [a, b, c, counter] = [fill(), fill(), fill(), 1];
	const uniform = () => {
		const t = (a + b + counter++) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (((c << 21) | (c >>> 11)) + t) | 0;
		return (t >>> 0) / 2 ** 32;
	};
	for (let i = 0; i < 12; i++) uniform();
	const drawn: number[] = [];
	while (drawn.length < count) {
		const [u, v] = [2 * uniform() - 1, 2 * uniform() - 1];
		const s = u * u + v * v;
		const factor = Math.sqrt((-2 * Math.log(s)) / s);
		if (s > 0 && s < 1) drawn.push(u * factor, v * factor);
	}
	return drawn;
}

// The data: n points on a circle, lifted by β and brought to length 1, and their targets.
const angles = range(n).map((i) => (2 * Math.PI * i) / n);
const circle = (p: number) => [Math.cos(p), Math.sin(p), beta].map((v) => v / Math.hypot(1, beta));
const X = angles.map(circle);
const y = angles.map((p) =>
	sum(frequencies.map((k) => (k === 1 ? 1 : 0.5) * Math.cos(k * p + ((k - 1) % 3)))),
);
const floor = 1e-4 * squares(y);

/** The kernel of infinite width, by the arc-cosine formulas; on the circle it is circulant. */
function kernel(p: number): number {
	const cosine = (Math.cos(p) + beta ** 2) / (1 + beta ** 2);
	const theta = Math.acos(Math.min(1, Math.max(-1, cosine)));
	const k0 = (Math.PI - theta) / Math.PI;
	const k1 = (Math.sin(theta) + Math.cos(theta) * (Math.PI - theta)) / Math.PI;
	return Math.cos(theta) * k0 + k1;
}

/** Frequency k = 0 … n/2 in values at the angles: its cosine and its sine. */
function wave(values: readonly number[], k: number): { cos: number; sin: number } {
	const factor = (k === 0 || 2 * k === n ? 1 : 2) / n;
	const along = (f: (p: number) => number) =>
		factor * sum(values.map((v, i) => v * f((2 * Math.PI * ((k * i) % n)) / n)));
	return { cos: along(Math.cos), sin: along(Math.sin) };
}
const amplitudes = (values: readonly number[]) =>
	range(n / 2 + 1).map((k) => Math.hypot(wave(values, k).cos, wave(values, k).sin));

const row = angles.map(kernel);
const modes = range(n / 2 + 1).map((k) => {
	const { cos, sin } = wave(y, k);
	const isThere = Math.hypot(cos, sin) > 1e-12 * Math.sqrt(floor);
	const lambda = sum(row.map((v, i) => v * Math.cos((2 * Math.PI * k * i) / n)));
	const length = k === 0 || 2 * k === n ? n : n / 2;
	return { k, lambda, length, cos: isThere ? cos : 0, sin: isThere ? sin : 0 };
});
const eta = step / Math.max(...modes.map(({ lambda }) => lambda));

/** 1 − (1 − ηλ)^t, exact for small eigenvalues too. */
function learntShare(lambda: number, t: number): number {
	const z = eta * lambda;
	return z < 0.5 ? -Math.expm1(t * Math.log1p(-z)) : 1 - (1 - z) ** t;
}
const inverse = (lambda: number, t: number) =>
	Math.abs(lambda) < 1e-12 ? eta * t : learntShare(lambda, t) / lambda;
/** Σ_k weight(λ_k) y_k at an angle, y_k the part of the targets with frequency k. */
const filtered = (weight: (lambda: number) => number, p: number) =>
	sum(
		modes.map(({ k, lambda, cos, sin }) => {
			const part = cos * Math.cos(k * p) + sin * Math.sin(k * p);
			return part === 0 ? 0 : weight(lambda) * part;
		}),
	);
const residual = (t: number) =>
	angles.map((p) => filtered((lambda) => 1 - learntShare(lambda, t), p));
const infiniteTravel = (t: number) => {
	const parts = modes.map(({ lambda, length, cos, sin }) => {
		const size = length * (cos * cos + sin * sin);
		return size === 0 ? 0 : size * inverse(lambda, t) * learntShare(lambda, t);
	});
	return Math.sqrt(sum(parts)) / alpha;
};
const infiniteFunction = (p: number, t: number) =>
	sum(angles.map((q) => kernel(p - q) * filtered((lambda) => inverse(lambda, t), q)));

interface Net {
	/** Rows of the first layer, and the weights of the second. */
	readonly W: readonly number[][];
	readonly a: readonly number[];
}

/** Neuron m/2 + j mirrors neuron j, so that f = 0 at the start. */
function start(seed: number): Net {
	const drawn = normals(seed, `ntk/weights/${m}`, 2 * m);
	const half = range(m / 2).map((j) => drawn.slice(4 * j, 4 * j + 4));
	const W = half.map((neuron) => neuron.slice(0, 3));
	const a = half.map((neuron) => neuron[3]!);
	return { W: [...W, ...W.map((w) => [...w])], a: [...a, ...a.map((v) => -v)] };
}

const dot = (u: readonly number[], v: readonly number[]) =>
	u[0]! * v[0]! + u[1]! * v[1]! + u[2]! * v[2]!;

/** Losses of the network that is linear in its weights, about the start: its kernel stays what it is. */
function linearisedLosses({ W, a }: Net, times: readonly number[]): number[] {
	const Z = X.map((x) => W.map((w) => dot(w, x)));
	const K = X.map((x, i) =>
		X.map((other, k) => {
			const terms = W.map((_, j) => {
				const [u, v] = [Z[i]![j]!, Z[k]![j]!];
				return u > 0 && v > 0 ? u * v + a[j]! ** 2 * dot(x, other) : 0;
			});
			return (2 / m) * sum(terms);
		}),
	);
	let r = [...y];
	const losses: number[] = [];
	for (let t = 0; t <= T; t++) {
		if (times.includes(t)) losses.push(Math.max(floor, squares(r)));
		r = r.map((v, i) => v - eta * sum(K[i]!.map((entry, k) => entry * r[k]!)));
	}
	return losses;
}

/** Gradient descent on (1/α²) ½ |f − y|² with f = α √(2/m) Σ_j a_j relu(w_j·x). */
function train(net: Net, times: readonly number[], places: readonly number[]) {
	const W = net.W.map((w) => [...w]);
	const a = [...net.a];
	const s = alpha * Math.sqrt(2 / m);
	const f = (x: readonly number[]) => {
		let total = 0;
		for (let j = 0; j < m; j++) total += a[j]! * Math.max(0, dot(W[j]!, x));
		return s * total;
	};
	const [loss, travel]: [number[], number[]] = [[], []];
	for (let t = 0; ; t++) {
		const r = X.map((x, i) => f(x) - y[i]!);
		if (times.includes(t)) {
			loss.push(Math.max(floor, squares(r)));
			const moved = W.map((w, j) => squares(w.map((v, c) => v - net.W[j]![c]!)));
			travel.push(Math.sqrt(sum(moved) + squares(a.map((v, j) => v - net.a[j]!))));
		}
		if (t === T) {
			return { loss, travel, field: places.map((p) => f(circle(p))), modes: amplitudes(r) };
		}
		const rate = (eta * s) / alpha ** 2;
		for (let j = 0; j < m; j++) {
			const [w, outer] = [W[j]!, a[j]!];
			const move = [0, 0, 0, 0];
			X.forEach((x, i) => {
				const z = dot(w, x);
				if (z <= 0) return;
				for (let c = 0; c < 3; c++) move[c]! += r[i]! * outer * x[c]!;
				move[3]! += r[i]! * z;
			});
			for (let c = 0; c < 3; c++) w[c]! -= rate * move[c]!;
			a[j]! -= rate * move[3]!;
		}
	}
}

const page = (id: string) => run.curves.find((curve) => curve.id === id)!;
const times = page('loss-infinite').x;
const places = page('function').x;
const starts = range(run.seeds).map((r) => start(run.seed + r));
const mean = (rows: readonly (readonly number[])[]) =>
	rows[0]!.map((_, i) => sum(rows.map((values) => values[i]!)) / rows.length);
const predicted: Record<string, readonly number[]> = {
	'loss-infinite': times.map((t) => Math.max(floor, squares(residual(t)))),
	'loss-linearised': mean(starts.map((net) => linearisedLosses(net, times))),
	function: places.map((p) => infiniteFunction(p, T)),
	modes: amplitudes(residual(T)),
	travel: times.map(infiniteTravel),
};
const runs = starts.map((net) => train(net, times, places));
const loss = mean(runs.map((trained) => trained.loss));
const measured: Record<string, readonly number[]> = {
	'loss-infinite': loss,
	'loss-linearised': loss,
	function: mean(runs.map(({ field }) => field)),
	modes: mean(runs.map((trained) => trained.modes)),
	travel: mean(runs.map(({ travel }) => travel)),
};

// Against the page: predictions to rounding in float64, runs to what float32 leaves of them.
let failed = false;
for (const curve of run.curves) {
	const compare = (what: 'predicted' | 'measured', ours: readonly number[], allowed: number) => {
		const theirs = curve[what];
		if (theirs.length === 0) return;
		const size = Math.sqrt(squares(theirs) / theirs.length);
		const gap = Math.max(...theirs.map((v, i) => Math.abs(v - ours[i]!))) / size;
		if (!(gap <= allowed)) failed = true;
		const words = `largest difference from the page ${gap.toExponential(1)}, allowed ${allowed}`;
		console.log(`${curve.id}: ${what}, ${words}`);
	};
	compare('predicted', predicted[curve.id]!, 1e-8);
	compare('measured', measured[curve.id]!, 1e-2);
}
console.log(failed ? 'differs from the page' : 'reproduced');
if (failed) process.exitCode = 1;

export {};

/**
 * Gradient descent with steps fixed in advance on a family of Huber functions, L = 1, start at distance
 * 1: the closed forms, and the descent step by step. Held against what the page showed. Needs nothing
 * but TypeScript:
 *
 *     npx tsx worst.ts
 */
interface Run {
	readonly params: {
		readonly schedule: string;
		readonly h: number;
		readonly length: number;
		readonly pattern: readonly number[];
	};
	readonly curves: readonly {
		readonly id: string;
		readonly x: readonly number[];
		readonly predicted: readonly number[];
		readonly measured: readonly number[];
	}[];
}
const run = JSON.parse('THE RUN') as Run;
const { schedule, h, length, pattern } = run.params;
const rho = 1 + Math.SQRT2;
const sum = (values: readonly number[]) => values.reduce((s, v) => s + v, 0);

// Grimmer's certified patterns (2024, Table 1).
const a15 = [1.4, 2, 1.4];
const b31 = [1.4, 2, 1.4, 3.9, 1.4, 2, 1.4];
const c63 = [...b31, 7.2, ...b31, 14.2, ...b31, 7.2, ...b31];
const d127 = [...b31, 7.2, ...b31, 12.6, ...b31, 7.2, ...b31];
const grimmer: Readonly<Record<string, readonly number[]>> = {
	g2: [2.9, 1.5],
	g3: [1.5, 4.9, 1.5],
	g7: [1.5, 2.2, 1.5, 12, 1.5, 2.2, 1.5],
	g15: [...a15, 4.5, ...a15, 29.7, ...a15, 4.5, ...a15],
	g31: [...b31, 8.2, ...b31, 72.3, ...b31, 8.2, ...b31],
	g63: [...c63, 164, ...c63],
	g127: [...d127, 23.5, ...d127, 370, ...d127, 23.5, ...d127],
};

function stepsOf(): number[] {
	if (schedule === 'constant') return Array.from({ length }, () => h);
	if (schedule === 'silver') {
		// h_i = 1 + ρ^(ν − 1), ν how often 2 divides i, for i = 1 … 2^k − 1.
		const halvings = (i: number): number => (i % 2 === 0 ? 1 + halvings(i / 2) : 0);
		const n = 2 ** Math.floor(Math.log2(length + 1)) - 1;
		return Array.from({ length: n }, (_, i) => 1 + rho ** (halvings(i + 1) - 1));
	}
	const chosen = schedule === 'own' ? pattern : grimmer[schedule]!;
	const times = Math.max(1, Math.floor(length / chosen.length));
	return Array.from({ length: times }, () => chosen).flat();
}
const steps = stepsOf();
const [H, n] = [sum(steps), steps.length];
const worst = 1 / (2 * H + 1);

// The closed forms.
const flat = (delta: number, taken: readonly number[]) => delta - (sum(taken) + 0.5) * delta ** 2;
const parabola = (taken: readonly number[]) =>
	taken.reduce((product, step) => product * (1 - step) ** 2, 1) / 2;
const floor = 1 / (4 * H + 2);
const constant = Math.max(1 / (4 * n * h + 2), (1 - h) ** (2 * n) / 2);
const largest = schedule === 'constant' ? constant : floor;
const bound =
	schedule === 'constant'
		? constant
		: schedule === 'silver'
			? 1 / (1 + Math.sqrt(4 * rho ** (2 * Math.log2(n + 1)) - 3))
			: 1 / H;

// The descent.
const huber = (x: number, delta: number) =>
	Math.abs(x) <= delta ? (x * x) / 2 : delta * Math.abs(x) - delta ** 2 / 2;
function path(delta: number): number[] {
	let x = 1;
	const after = steps.map((step) => {
		x -= step * Math.min(delta, Math.max(-delta, x));
		return huber(x, delta);
	});
	return [huber(1, delta), ...after];
}
const descend = (delta: number) => path(delta).at(-1)!;

const placesOf = (id: string) => run.curves.find((curve) => curve.id === id)!.x;
const family = placesOf('bound');
const along = (value: (taken: readonly number[]) => number) =>
	[...steps, 0].map((_, t) => value(steps.slice(0, t)));
const predicted: Record<string, readonly number[]> = {
	flat: placesOf('flat').map((delta) => flat(delta, steps)),
	parabola: placesOf('parabola').map(() => parabola(steps)),
	bound: family.map(() => bound),
	largest: [largest],
	'along-huber': along((taken) => flat(worst, taken)),
	'along-parabola': along(parabola),
};
const measured: Record<string, readonly number[]> = {
	flat: placesOf('flat').map(descend),
	parabola: placesOf('parabola').map(descend),
	bound: family.map(descend),
	largest: [Math.max(...family.map(descend))],
	'along-huber': path(worst),
	'along-parabola': path(Infinity),
};

// Against the page: all of it float64, rounded in another order.
let failed = false;
for (const curve of run.curves)
	for (const what of ['predicted', 'measured'] as const) {
		const ours = (what === 'predicted' ? predicted : measured)[curve.id]!;
		const theirs = curve[what];
		if (theirs.length === 0) continue;
		const size = Math.sqrt(sum(theirs.map((v) => v * v)) / theirs.length);
		const gap = Math.max(...theirs.map((v, i) => Math.abs(v - ours[i]!))) / size;
		if (!(gap <= 1e-8)) failed = true;
		const words = `largest difference from the page ${gap.toExponential(1)}, allowed 1e-8`;
		console.log(`${curve.id}: ${what}, ${words}`);
	}
console.log(failed ? 'differs from the page' : 'reproduced');
if (failed) process.exitCode = 1;

export {};

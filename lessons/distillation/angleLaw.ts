/**
 * The law of the angle between a linear student and its teacher. The student is the least-squares fit of
 * least norm to n labels of inputs x ~ N(0, I_d). Let φ be the angle in R^n between the logits and the
 * labels of the sample. Then, with independent variables,
 *   n ≥ d:  tan∠ = χ_n / (N + cot φ · χ_{n−d+1}/√B),               B ~ Beta((d−1)/2, (n−d)/2),
 *   n ≤ d:  tan²∠ = k²/G² + (G² + k²)²/(G (N + h cot φ))²,  G ~ χ_n, k ~ χ_{d−n}, h ~ χ_{d−n+1},
 * proved in the lesson. The angle over π is the chance that the two disagree on a fresh input.
 */
import { memo } from '#theory/memo.ts';
import { moments, type Label } from './labels.ts';

/** A law on the line as points and their chances. */
export interface Points {
	readonly at: readonly number[];
	readonly chance: readonly number[];
}

/** Mean and standard deviation of a student's disagreement with the teacher. */
export interface Disagreement {
	readonly mean: number;
	readonly deviation: number;
}

/** Over samples of n ≥ 2 inputs in d ≥ 2 dimensions, in float64 by quadrature. */
export function disagreement(n: number, d: number, label: Label): Disagreement {
	return summary(cosines(n, d, label));
}

/** Mean and deviation of acos(c)/π. */
export function summary({ at, chance }: Points): Disagreement {
	let [mean, square] = [0, 0];
	at.forEach((c, i) => {
		const error = Math.acos(Math.max(-1, Math.min(1, c))) / Math.PI;
		mean += chance[i]! * error;
		square += chance[i]! * error ** 2;
	});
	return { mean, deviation: Math.sqrt(Math.max(0, square - mean ** 2)) };
}

/** The law of the cosine of the angle, gathered in cells of 1/500. */
export function cosines(n: number, d: number, label: Label): Points {
	return remembered({ n, d, T: String(label.temperature), flips: label.flips });
}

const remembered = memo(
	({ n, d, T, flips }: { n: number; d: number; T: string; flips: number }): Points => {
		const cells = new Cells();
		const angles = cotangents(n, { temperature: Number(T), flips });
		const G = chi(n);
		if (n >= d) {
			const h = chi(n - d + 1);
			const B = betaRoots(d - 1, n - d);
			each([angles, G, h, B, gauss], ([cot, g, k, b, z], chance) =>
				cells.add(cosineOf((z! + (cot! * k!) / b!) / g!), chance),
			);
		} else {
			each([angles, G, chi(d - n), chi(d - n + 1), gauss], ([cot, g, k, h, z], chance) => {
				const along = z! + h! * cot!;
				const energy = g! ** 2 + k! ** 2;
				const cosine = 1 / Math.sqrt(1 + (k! / g!) ** 2 + (energy / (g! * along)) ** 2);
				cells.add(Math.sign(along) * cosine, chance);
			});
		}
		return cells.points();
	},
	64,
);

/** cos of the angle whose cotangent is given; 1 at ∞. */
function cosineOf(cot: number): number {
	return cot === Infinity ? 1 : cot / Math.sqrt(1 + cot ** 2);
}

/**
 * cot φ of n samples, to an error of order 1/n²: by the Gauss-Hermite rule of three points in cot φ where
 * it may be negative, in log tan² φ where it may not.
 */
function cotangents(n: number, label: Label): Points {
	const { slope, residual, shift, spread } = moments(label);
	if (residual === 0) return { at: [Infinity], chance: [1] };
	const rest = residual / (slope ** 2 + residual);
	const square = 1 - rest;
	const positive = label.flips === 0;
	const mean = positive
		? Math.log(rest / square) - shift / (n * rest) - (square * spread) / (2 * n * rest ** 2)
		: Math.sqrt(square / rest) *
			(1 + (4 * shift + spread) / (8 * n * rest) + (3 * square * spread) / (8 * n * rest ** 2));
	const deviation = positive
		? Math.sqrt(spread / n) / rest
		: (Math.sqrt(square / rest) * Math.sqrt(spread / n)) / (2 * rest);
	const points = [-1, 0, 1].map((k) => mean + k * Math.sqrt(3) * deviation);
	return {
		at: positive ? points.map((log) => Math.exp(-log / 2)) : points,
		chance: [1 / 6, 2 / 3, 1 / 6],
	};
}

/** A density, given by its logarithm, at midpoints of cells; what weighs nothing is left out. */
function midpoints(
	logDensity: (x: number) => number,
	from: number,
	to: number,
	step: number,
): Points {
	const count = Math.max(1, Math.ceil((to - from) / step));
	const all = Array.from({ length: count }, (_, i) => from + ((i + 0.5) * (to - from)) / count);
	const logs = all.map(logDensity);
	const highest = Math.max(...logs);
	const kept = all.flatMap((x, i) =>
		logs[i]! - highest > -14 ? [[x, Math.exp(logs[i]! - highest)] as const] : [],
	);
	const total = kept.reduce((sum, [, w]) => sum + w, 0);
	return { at: kept.map(([x]) => x), chance: kept.map(([, w]) => w / total) };
}

/** √χ²_k, k ≥ 1. */
function chi(k: number): Points {
	const density = (x: number) => (k - 1) * Math.log(x) - x ** 2 / 2;
	return midpoints(density, Math.max(0, Math.sqrt(k) - 6), Math.sqrt(k) + 6, k < 8 ? 0.25 : 0.6);
}

/** √Beta(a/2, b/2), through the angle whose sine it is. */
function betaRoots(a: number, b: number): Points {
	if (b === 0) return { at: [1], chance: [1] };
	const density = (t: number) => (a - 1) * Math.log(Math.sin(t)) + (b - 1) * Math.log(Math.cos(t));
	const { at, chance } = midpoints(density, 0, Math.PI / 2, 0.4 / Math.sqrt(a + b));
	return { at: at.map(Math.sin), chance };
}

const gauss = midpoints((x) => -(x ** 2) / 2, -6, 6, 1);

/**
 * The law of the cosine between the truth and a student that matches, on n inputs, the logits of a teacher
 * whose own cosine is distributed like `teacher`: from n = d on it is the teacher; below, the teacher's
 * projection on a random subspace of n dimensions.
 */
export function mimicCosines(teacher: Points, n: number, d: number): Points {
	if (n >= d) return teacher;
	const cells = new Cells();
	// One coordinate of a uniform direction in the d − 1 dimensions across the teacher.
	const across = betaRoots(1, d - 2);
	each([teacher, betaRoots(n, d - n), across], ([cosine, kept, u], chance) => {
		const along = cosine! * kept!;
		const aside = Math.sqrt((1 - cosine! ** 2) * (1 - kept! ** 2)) * u!;
		cells.add(along + aside, chance / 2);
		cells.add(along - aside, chance / 2);
	});
	return cells.points();
}

/** All combinations of independent variables, with their chances. */
function each(laws: readonly Points[], visit: (values: number[], chance: number) => void): void {
	const values: number[] = laws.map(() => 0);
	const go = (k: number, chance: number): void => {
		const law = laws[k];
		if (!law) return visit(values, chance);
		for (let i = 0; i < law.at.length; i++) {
			values[k] = law.at[i]!;
			go(k + 1, chance * law.chance[i]!);
		}
	};
	go(0, 1);
}

/** Gathers points by their angle, each cell at its centre of gravity. */
class Cells {
	readonly #chance = new Float64Array(501);
	readonly #moment = new Float64Array(501);

	add(cosine: number, chance: number): void {
		const angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
		const cell = Math.round((500 * angle) / Math.PI);
		this.#chance[cell]! += chance;
		this.#moment[cell]! += chance * angle;
	}

	points(): Points {
		const cells = Array.from(this.#chance.keys()).filter((i) => this.#chance[i]! > 1e-12);
		return {
			at: cells.map((i) => Math.cos(this.#moment[i]! / this.#chance[i]!)),
			chance: cells.map((i) => this.#chance[i]!),
		};
	}
}

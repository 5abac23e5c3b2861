/** Step sizes h, in units of 1/L: x ← x − (h/L) ∇f(x). */

/** ρ = 1 + √2, the silver ratio. */
export const silverRatio = 1 + Math.SQRT2;

export function constantSteps(h: number, n: number): number[] {
	return Array.from({ length: n }, () => h);
}

/** How often 2 divides i ≥ 1. */
function halvings(i: number): number {
	return i % 2 === 0 ? 1 + halvings(i / 2) : 0;
}

/**
 * The silver schedule h_i = 1 + ρ^{ν(i)−1}, i = 1 … n, with ν(i) how often 2 divides i: √2, 2, √2,
 * 2 + √2, … (Altschuler & Parrilo 2025, Section 1). Its theorem is about n = 2^k − 1.
 */
export function silverSteps(n: number): number[] {
	return Array.from({ length: n }, (_, i) => 1 + silverRatio ** (halvings(i + 1) - 1));
}

const a15 = [1.4, 2, 1.4];
const b31 = [1.4, 2, 1.4, 3.9, 1.4, 2, 1.4];
const c63 = [...b31, 7.2, ...b31, 14.2, ...b31, 7.2, ...b31];
const d127half = [...b31, 7.2, ...b31, 12.6, ...b31, 7.2, ...b31];
const d127 = [...d127half, 23.5, ...d127half];

/** Grimmer's certified patterns by their length (Grimmer 2024, Table 1); that of length 2 with η = 0.1. */
export const grimmerPatterns = {
	2: [2.9, 1.5],
	3: [1.5, 4.9, 1.5],
	7: [1.5, 2.2, 1.5, 12, 1.5, 2.2, 1.5],
	15: [...a15, 4.5, ...a15, 29.7, ...a15, 4.5, ...a15],
	31: [...b31, 8.2, ...b31, 72.3, ...b31, 8.2, ...b31],
	63: [...c63, 164, ...c63],
	127: [...d127, 370, ...d127],
} as const;
export type GrimmerLength = keyof typeof grimmerPatterns;
export const grimmerLengths = Object.keys(grimmerPatterns).map(Number) as GrimmerLength[];

/** Whole repetitions of a pattern in at most n steps, at least one. */
export function repeated(pattern: readonly number[], n: number): number[] {
	const times = Math.max(1, Math.floor(n / pattern.length));
	return Array.from({ length: times }, () => pattern).flat();
}

/** The largest 2^k − 1 in n ≥ 1. */
export function silverLength(n: number): number {
	return 2 ** Math.floor(Math.log2(n + 1)) - 1;
}

export function total(steps: readonly number[]): number {
	return steps.reduce((sum, h) => sum + h, 0);
}

/** What a reader can choose: `g7` is Grimmer's pattern of length 7. */
export type Choice = {
	schedule: string;
	h: number;
	pattern: readonly number[];
	length: number;
};

export const scheduleNames: Readonly<Record<string, string>> = {
	constant: 'constant h',
	silver: 'silver',
	...Object.fromEntries(grimmerLengths.map((t) => [`g${t}`, `Grimmer’s, of ${t}`])),
	own: 'the pattern below',
};

/** The steps of a choice: as many as `length` allows of what may not be cut. */
export function stepsOf({ schedule, h, pattern, length }: Choice): number[] {
	switch (schedule) {
		case 'constant':
			return constantSteps(h, length);
		case 'silver':
			return silverSteps(silverLength(length));
		case 'own':
			return repeated(pattern, length);
		default:
			return repeated(patternOf(schedule), length);
	}
}

/** Grimmer's pattern of a name like `g7`. */
export function patternOf(schedule: string): readonly number[] {
	const pattern = grimmerPatterns[Number(schedule.slice(1)) as GrimmerLength];
	if (!pattern) throw new RangeError(`there is no schedule “${schedule}”`);
	return pattern;
}

/** Worst cases of gradient descent with steps fixed in advance, for L = 1 and a start at distance 1. */
import { silverRatio, total, type Choice } from './schedules.ts';

/** The threshold δ* = 1/(2H + 1) of the Huber function that is worst for steps of total length H. */
export function worstThreshold(steps: readonly number[]): number {
	return 1 / (2 * total(steps) + 1);
}

/** What the worst Huber function keeps: 1/(4H + 2), a floor under the worst case of any schedule. */
export function huberFloor(steps: readonly number[]): number {
	return 1 / (4 * total(steps) + 2);
}

/** Largest threshold at which no step enters the parabola: 1/(H + 1). */
export function flatUpTo(steps: readonly number[]): number {
	return 1 / (total(steps) + 1);
}

/** The final value on a Huber function of threshold δ ≤ 1/(H + 1): δ − (H + ½) δ². */
export function flatValue(steps: readonly number[], delta: number): number {
	return delta - (total(steps) + 0.5) * delta ** 2;
}

/** The final value on the parabola x²/2: ½ ∏ (1 − h_i)². */
export function parabolaValue(steps: readonly number[]): number {
	return steps.reduce((product, h) => product * (1 - h) ** 2, 1) / 2;
}

/** How far from the minimum the steps ever take one on the parabola, the start included. */
export function farthestOnParabola(steps: readonly number[]): number {
	let [at, farthest] = [1, 1];
	for (const h of steps) {
		at *= Math.abs(1 - h);
		farthest = Math.max(farthest, at);
	}
	return farthest;
}

/**
 * The worst case of n constant steps h < 2 over all smooth convex functions:
 * max{1/(4nh + 2), (1 − h)^{2n}/2}. Drori & Teboulle 2014, Theorem 3.1, for h ≤ 1; Kim 2024 for all.
 */
export function constantWorst(h: number, n: number): number {
	return Math.max(1 / (4 * n * h + 2), (1 - h) ** (2 * n) / 2);
}

/** The bound of Altschuler & Parrilo (2025, Theorem 1.1) after n = 2^k − 1 silver steps. */
export function silverBound(n: number): number {
	const k = Math.log2(n + 1);
	return 1 / (1 + Math.sqrt(4 * silverRatio ** (2 * k) - 3));
}

/** 1/(4H + 2) for n = 2^k − 1 silver steps, whose sum H is ρ^k − 1. */
export function silverFloor(n: number): number {
	return 1 / (4 * silverRatio ** Math.log2(n + 1) - 2);
}

/** The exponent of the silver schedule, log₂ ρ = 1.2716. */
export const silverExponent = Math.log2(silverRatio);

/** Whether a bound for all smooth convex functions is proved for the schedule, at this very length. */
export function isProved({ schedule, h }: Choice): boolean {
	return schedule === 'silver' || (schedule === 'constant' && h < 2);
}

/** The proved worst-case bound of a schedule of n steps; for patterns the leading term of their rate, 1/(avg n). */
export function boundAfter({ schedule, h }: Choice, steps: readonly number[]): number {
	const n = steps.length;
	if (schedule === 'constant') return constantWorst(h, n);
	return schedule === 'silver' ? silverBound(n) : 1 / total(steps);
}

/** The step at which both ends of `constantWorst` are equal: the best constant step for n steps. */
export function bestConstantStep(n: number): number {
	let [low, high] = [1, 2];
	for (let i = 0; i < 60; i++) {
		const h = (low + high) / 2;
		if (1 / (4 * n * h + 2) > (1 - h) ** (2 * n) / 2) low = h;
		else high = h;
	}
	return (low + high) / 2;
}

/**
 * The largest final value over all Huber functions: the flat side at δ*, or the parabola. For constant
 * steps that is their worst case over all functions; for silver steps it is what is found, unproved.
 */
export function largestOfFamily({ schedule, h }: Choice, steps: readonly number[]): number {
	return schedule === 'constant' ? constantWorst(h, steps.length) : huberFloor(steps);
}

/** Rademacher complexities on a line, exactly: the class turns fair signs s_i into walks S_k. */
import { logGamma } from '#theory/incompleteBeta.ts';
import { memo } from '#theory/memo.ts';

/** C(n, k) 2^(−n). */
function fairShare(n: number, k: number): number {
	const log = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
	return Math.exp(log - n * Math.LN2);
}

/** E |S_n| of a fair walk, n ≥ 1. */
export function meanDistance(n: number): number {
	return n * fairShare(n - 1, Math.floor((n - 1) / 2));
}

/** Thresholds {x ≤ t}: E max_{0≤k≤n} S_k / n, by the reflection principle. */
export function thresholdComplexity(n: number): number {
	const backHome = n % 2 === 0 ? fairShare(n, n / 2) : 0;
	return (meanDistance(n) - (1 - backHome) / 2) / n;
}

/**
 * Intervals {a < x ≤ b}: E max_{i≤j} (S_j − S_i)/n. The walk less its lowest point so far is one that is
 * held up at 0; P(it stays below r for n steps) is counted state by state.
 */
export const intervalComplexity = memo((n: number): number => {
	let sum = 0;
	for (let r = 1; r <= n; r++) {
		const beyond = 1 - staysBelow(r, n);
		sum += beyond;
		if (beyond < 1e-13) break;
	}
	return sum / n;
}, 64);

/** P(max_k (S_k − min_{i≤k} S_i) < r) over n steps. */
function staysBelow(r: number, n: number): number {
	let now = new Float64Array(r + 1);
	let next = new Float64Array(r + 1);
	now[0] = 1;
	for (let step = 0; step < n; step++) {
		// now[r] stays 0: whoever arrives there is gone.
		next[0] = (now[0]! + now[1]!) / 2;
		for (let j = 1; j < r; j++) next[j] = (now[j - 1]! + now[j + 1]!) / 2;
		if (r === 1) next[0] = now[0]! / 2;
		[now, next] = [next, now];
		now[r] = 0;
	}
	return now.reduce((sum, v) => sum + v, 0);
}

/** √(2/(πn)) and √(π/(2n)): the two complexities for large n. */
export const thresholdLimit = (n: number) => Math.sqrt(2 / (Math.PI * n));
export const intervalLimit = (n: number) => Math.sqrt(Math.PI / (2 * n));

/** The fewest samples with 2 Rad_n ≤ gap for thresholds. */
export function samplesFor(gap: number): number {
	let n = 1;
	while (2 * thresholdComplexity(n) > gap) n++;
	return n;
}

/** Catalan's constant 1 − 1/9 + 1/25 − … */
const catalan = 0.915965594177219;

/** √n times the standard deviation of the two complexities' suprema, for large n. */
export const walkDeviations = {
	threshold: Math.sqrt(1 - 2 / Math.PI),
	interval: Math.sqrt(2 * catalan - Math.PI / 2),
};

/**
 * The same for the least training error on coins: 2 max B − B(1) has the Maxwell law (Pitman); for intervals
 * measured, .306 over 20,000 walks of 1024 steps.
 */
export const errorDeviations = { threshold: Math.sqrt(3 - 8 / Math.PI) / 2, interval: 0.31 };

/**
 * The risk in the course of gradient descent from 0 on (1/2n)|Xw − y|², in the limit n, p → ∞ with
 * p/n → γ < 1. As in Advani, Saxe & Sompolinsky 2020, Section 2; proved in the lesson.
 */
import { residualFilter, travelFilter } from '#theory/descentFilter.ts';
import { integrate, marchenkoPastur, marchenkoPasturEdges } from '#theory/marchenkoPastur.ts';
import { memo } from '#theory/memo.ts';
import { effectiveNoise, unseen, type World } from './model.ts';

const spectrum = memo((gamma: number) => marchenkoPastur(gamma), 16);

/** The test error after t steps of size η: what is noise, what is not learnt yet, what noise has come in. */
export function riskInTime(world: World, p: number, stepSize: number, t: number): number {
	return effectiveNoise(world, p) + bias(world, p, stepSize, t) + variance(world, p, stepSize, t);
}

/** |β_{≤p}|² ∫ (1 − ηλ)^{2t} dμ: the signal that is not learnt yet. */
export function bias({ n, decay }: World, p: number, stepSize: number, t: number): number {
	const left = integrate(spectrum(p / n), (s) => residualFilter(stepSize, s, t) ** 2);
	return (1 - unseen(decay, p)) * left;
}

/** s² γ ∫ (1 − (1 − ηλ)^t)²/λ dμ: the noise that has been learnt. */
export function variance(world: World, p: number, stepSize: number, t: number): number {
	const gamma = p / world.n;
	const learnt = integrate(spectrum(gamma), (s) => travelFilter(stepSize, s, t));
	return effectiveNoise(world, p) * gamma * learnt;
}

/** The limit t → ∞, s²/(1 − γ): the empirical minimiser in the limit of large n. */
export function riskAtTheEnd(world: World, p: number): number {
	return effectiveNoise(world, p) / (1 - p / world.n);
}

/**
 * The limit of R(f_t) − R(f_ERM): |β_{≤p}|² ∫ q² dμ − s² γ ∫ q(2 − q)/λ dμ with q = (1 − ηλ)^t. Negative
 * where the noise that is kept out outweighs the signal that is.
 */
export function thirdPart(world: World, p: number, stepSize: number, t: number): number {
	const gamma = p / world.n;
	const keptOut = integrate(spectrum(gamma), (s) => {
		const q = residualFilter(stepSize, s, t);
		return (q * (2 - q)) / s;
	});
	return bias(world, p, stepSize, t) - effectiveNoise(world, p) * gamma * keptOut;
}

/** 2/(1 + √γ)²: no step may be as long, or the direction of largest variance grows. */
export function longestStep(gamma: number): number {
	return 2 / marchenkoPasturEdges(gamma)[1];
}

/** The filter law in the weak-features model: what gradient descent and ridge regression risk on p of D coordinates. */
import { limitRisk, scatter, type Filtered } from './filterLaw.ts';
import { floor, seen, type Model } from './model.ts';

function filtered(model: Model, p: number, residual: Filtered['residual']): Filtered {
	return { n: model.n, p, signal: seen(model, p), noise: floor(model, p), residual };
}

/** The risk in the limit n → ∞ at fixed p/n and D/n, noise of the new point included. */
export function filteredRisk(model: Model, p: number, residual: Filtered['residual']): number {
	return floor(model, p) + limitRisk(filtered(model, p, residual));
}

/** Standard errors allowed; the deviation itself was seen to be up to 9 % larger at n = 40. */
const z = 4;

/** How far the mean over `seeds` draws may stand from the limit, relative to the limit. */
export function allowance(
	model: Model,
	p: number,
	residual: Filtered['residual'],
	seeds: number,
): number {
	const { shift, deviation } = scatter(filtered(model, p, residual));
	const away = Math.abs(shift) + (z * deviation) / Math.sqrt(seeds);
	return away / filteredRisk(model, p, residual);
}

export const because =
	`the 1/n shift of the mean and ${z} standard errors over the draws, both by the central limit theorem ` +
	'for linear spectral statistics; held against 300 draws at n = 40 at 90 settings';

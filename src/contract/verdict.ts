import { toleranceAt, type Claim } from './claim.ts';
import type { Curve } from './curve.ts';
import type { Run } from './figure.ts';
import { showNumber, showPercent } from './show.ts';

export type Verdict = 'agrees' | 'disagrees' | 'outside the theorem' | 'still running';

export interface Judgement {
	/** The gap where it is largest compared with what is allowed, and the allowance there. */
	readonly gap: number;
	readonly allowed: number;
	/** The abscissa of that gap; null for a slope. */
	readonly at: number | null;
	/** How many seeds, each on its own, keep within the allowance; null where there is no ensemble. */
	readonly seedsInside: number | null;
	readonly verdict: Verdict;
	/** The verdict in words with its numbers. */
	readonly sentence: string;
}

interface Gap {
	readonly gap: number;
	readonly allowed: number;
	readonly at: number | null;
}

/** Holds a measured curve against the prediction at the same abscissae. */
export function judge(
	claim: Claim,
	run: Run,
	predicted: Curve,
	measured: Curve,
	hypotheses: readonly { holds: boolean; text: string }[],
	finished: boolean,
): Judgement {
	const worst = largestGap(claim, run, measured.x, predicted.y, measured.y);
	const inside = measured.each?.filter((row, seed) =>
		isInside(largestGap(claim, run, measured.x, predicted.each?.[seed] ?? predicted.y, row)),
	).length;
	const broken = hypotheses.filter((h) => !h.holds).map((h) => h.text);
	const verdict: Verdict =
		broken.length > 0
			? 'outside the theorem'
			: !finished
				? 'still running'
				: isInside(worst)
					? 'agrees'
					: 'disagrees';
	const numbers = describe(claim, worst);
	const sentence =
		broken.length > 0 ? `${verdict}: ${broken.join('; ')}` : `${verdict}: ${numbers}`;
	return { ...worst, seedsInside: inside ?? null, verdict, sentence };
}

/** Written so that a gap that is not a number is never inside. */
function isInside({ gap, allowed }: Gap): boolean {
	return gap <= allowed;
}

function largestGap(
	claim: Claim,
	run: Run,
	x: readonly number[],
	predicted: readonly number[],
	measured: readonly number[],
): Gap {
	if (claim.kind === 'slope') {
		const gap = Math.abs(logLogSlope(x, measured) - logLogSlope(x, predicted));
		return { gap, allowed: claim.within(run), at: null };
	}
	let worst: Gap & { ratio: number } = { gap: NaN, allowed: 0, at: null, ratio: -Infinity };
	const tolerance = 'within' in claim ? claim.within(run) : claim.slack;
	x.forEach((at, i) => {
		const p = predicted[i] ?? NaN;
		const m = measured[i] ?? NaN;
		const allowed = toleranceAt(tolerance, at);
		const gap = gapOf(claim, p, m);
		const ratio = severity(gap, allowed);
		if (i === 0 || ratio > worst.ratio) worst = { gap, allowed, at, ratio };
	});
	return { gap: worst.gap, allowed: worst.allowed, at: worst.at };
}

/** How bad a gap is next to what is allowed; one that is not a number is worst of all. */
function severity(gap: number, allowed: number): number {
	if (Number.isNaN(gap) || Number.isNaN(allowed)) return Infinity;
	if (allowed > 0) return gap / allowed;
	return gap > 0 ? Infinity : gap;
}

function gapOf(
	claim: Exclude<Claim, { kind: 'slope' }>,
	predicted: number,
	measured: number,
): number {
	const relative = (difference: number) =>
		difference === 0 ? 0 : difference / Math.abs(predicted);
	// All of a distance from a bound of 0 lies on one side of it: 100 %, and not infinitely many.
	const beyond = (difference: number) =>
		predicted === 0 ? Math.sign(difference) : relative(difference);
	switch (claim.kind) {
		case 'equal':
		case 'limit': {
			const difference = Math.abs(measured - predicted);
			return claim.gap === 'absolute' ? difference : relative(difference);
		}
		case 'upper bound':
			return beyond(measured - predicted);
		case 'lower bound':
			return beyond(predicted - measured);
	}
}

/** Least-squares slope of log y against log x. */
export function logLogSlope(x: readonly number[], y: readonly number[]): number {
	const u = x.map(Math.log);
	const v = y.map(Math.log);
	const n = u.length;
	const mu = u.reduce((s, a) => s + a, 0) / n;
	const mv = v.reduce((s, a) => s + a, 0) / n;
	const cov = u.reduce((s, a, i) => s + (a - mu) * ((v[i] ?? NaN) - mv), 0);
	return cov / u.reduce((s, a) => s + (a - mu) ** 2, 0);
}

function describe(claim: Claim, { gap, allowed }: Gap): string {
	switch (claim.kind) {
		case 'slope':
			return `slope off by ${showNumber(gap)}, allowed ${showNumber(allowed)}`;
		case 'upper bound':
		case 'lower bound': {
			const side = claim.kind === 'upper bound' ? 'above' : 'below';
			return gap <= 0
				? `never ${side} the bound; closest by ${showPercent(-gap)}`
				: `${showPercent(gap)} ${side} the bound, allowed ${showPercent(allowed)}`;
		}
		case 'equal':
		case 'limit': {
			const show = claim.gap === 'relative' ? showPercent : showNumber;
			return `largest gap ${show(gap)}, allowed ${show(allowed)}`;
		}
	}
}

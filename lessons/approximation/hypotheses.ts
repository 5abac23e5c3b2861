/** What the m^−2 laws assume of the target. */
import { showNumber, showPercent, type Hypothesis, type Run } from '#contract';
import { lawsOf, type Laws } from './laws.ts';
import { resolution } from './resolution.ts';
import { targetOf } from './target.ts';

export const smooth: Hypothesis<{ target: string }> = {
	id: 'smooth',
	text: 'the target has a continuous second derivative on [0, 1]',
	broken: ({ params }) => targetOf(params.target).rough,
};

export const curved: Hypothesis<{ target: string }> = {
	id: 'curved',
	text: 'the target is not a straight line',
	broken: ({ params: { target } }) => {
		const { rough, size } = targetOf(target);
		// A kink is another hypothesis' matter.
		if (rough !== null || lawsOf(target).sup > 1e-6 * size) return null;
		return `f is a straight line as far as rounding shows: max |f″| = ${showNumber(8 * lawsOf(target).sup)}`;
	},
};

/** A law is held against a run from the width on at which its bracket leaves less than this open. */
const mostOpen = 1 / 3;
const names = ['sup', 'supFree', 'interpolation', 'leastSquares', 'leastSquaresFree'] as const;

export const resolved: Hypothesis<{ target: string; widest: number }> = {
	id: 'resolved',
	text: `the widest network resolves the target: the error law leaves at most a third open there`,
	broken: ({ params: { target, widest } }) => {
		const { rough } = targetOf(target);
		if (rough !== null || curved.broken({ params: { target }, seed: 0, seeds: 1 }) !== null)
			return null;
		const open: Laws = resolution({ text: target, m: widest });
		const worst = Math.max(...names.map((name) => open[name]));
		return worst <= mostOpen
			? null
			: `at m = ${widest} the curvature of f varies so much within a cell that ${showPercent(worst)} are left open`;
	},
};

/** Whether the law is judged at width m; outside its theorem everything is shown. */
export function inForce(
	run: Run<{ target: string; widest: number }>,
	law: keyof Laws,
	m: number,
): boolean {
	if ([smooth, curved, resolved].some((h) => h.broken(run) !== null)) return true;
	return resolution({ text: run.params.target, m })[law] <= mostOpen;
}

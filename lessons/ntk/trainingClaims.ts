/** The hypotheses of the figure "training": what the theorems assume, as statements about its knobs. */
import { showNumber, showPercent, type Hypothesis, type Run } from '#contract';
import { spreadAllowance } from './finiteWidth.ts';
import { spectrum, stepSize } from './theory.ts';
import { linearisedRun, problemOf, settingOf, type TrainingParams } from './training.ts';

/** The largest λ_max over the kernels at hand: infinite width and every seed's own. */
function steepest(run: Run<TrainingParams>): { value: number; where: string } {
	const infinite = Math.max(...spectrum(run.params.n, run.params.lift));
	return linearisedRun(run).reduce(
		(worst, { values }, r) => {
			const value = values.at(-1) ?? NaN;
			return value > worst.value ? { value, where: ` of seed ${run.seed + r}` } : worst;
		},
		{ value: infinite, where: '' },
	);
}

export const shortStep: Hypothesis<TrainingParams> = {
	id: 'step',
	text: 'the step is shorter than 2/λ_max of the kernel',
	broken: (run) => {
		const eta = stepSize(problemOf(run));
		const infinite = 2 / Math.max(...spectrum(run.params.n, run.params.lift));
		const { value, where } = steepest(run);
		if (!(eta < infinite)) return `step ${showNumber(eta)} ≥ 2/λ_max = ${showNumber(infinite)}`;
		return eta < 2 / value
			? null
			: `step ${showNumber(eta)} ≥ 2/λ_max = ${showNumber(2 / value)}${where}`;
	},
};

/** α√m at and above which the drift envelope was measured to hold. */
const lazy = 256;

export const largeScale: Hypothesis<TrainingParams> = {
	id: 'scale',
	text: `the training is lazy, which was measured to hold from α√m = ${lazy}`,
	broken: ({ params: { alpha, width } }) =>
		alpha * Math.sqrt(width) >= lazy * (1 - 1e-9)
			? null
			: `scale α = ${showNumber(alpha)} < ${lazy}/√m = ${showNumber(lazy / Math.sqrt(width))}`,
};

export const largeWidth: Hypothesis<TrainingParams> = {
	id: 'width',
	text: 'the width is large: one start differs from infinite width by less than the loss itself',
	broken: (run) => {
		// Past the edge nothing can be said of the width.
		if (run.params.step >= 2) return null;
		const { single } = spreadAllowance({ ...settingOf(run), at: [] });
		if (single < 1) return null;
		const { width, steps } = run.params;
		const share = single < 10 ? showPercent(single) : 'more than 1000 %';
		return `width ${width} is too small for ${steps} steps: a start differs from infinite width by ${share} of the loss`;
	},
};

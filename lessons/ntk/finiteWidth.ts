/**
 * How far a network of finite width may stand from the infinitely wide one: the tolerances of the
 * figure "training". Nothing here is trained.
 */
import { sumOfSquares, meanAndDeviation } from '#theory/arrays.ts';
import { modeAmplitudes } from '#theory/circulant.ts';
import { memo } from '#theory/memo.ts';
import { kernelRows, startKernel } from './linearised.ts';
import {
	dynamics,
	infiniteWidth,
	start,
	stepSize,
	targets,
	type Dynamics,
	type Problem,
} from './theory.ts';

export interface Setting {
	readonly problem: Problem;
	readonly width: number;
	readonly alpha: number;
	readonly seeds: number;
	/** Steps at which curves over time are judged, ascending; those in space at the last. */
	readonly times: readonly number[];
	/** Angles at which the learned function is judged. */
	readonly at: readonly number[];
}

/** Independent starts from which the spread of the linearised network is read off. */
const draws = 64;
/** Standard errors allowed: one verdict looks at some ten uncorrelated numbers. */
const z = 3.5;

export const spreadBecause =
	`bias and ${z} standard errors of the linearised network over ${draws} other starts of this width, ` +
	'plus the drift allowed against the linearised network';
export const driftBecause =
	'the distance to the linearised path is O(1/α), and O(1/√m) in this parametrisation: ' +
	'2ηt |θ_t − θ_0|/(3√m) for the drift of the kernel and 3.5 standard errors of its scatter over ' +
	'seeds, both envelopes measured over 20 to 40 seeds at 15 settings';

/** ηt |θ_t − θ_0|/(3√m): the drift of the kernel, relative and times ηt; it follows the weights' travel. */
function drift({ problem, width, alpha }: Setting, t: number): number {
	const travel = Math.sqrt(infiniteWidth(problem).travelSquared(t)) / alpha;
	return (stepSize(problem) * t * travel) / (3 * Math.sqrt(width));
}

/**
 * Scatter over seeds of what is left to learn, as a length. While the weights travel, some √m/α neurons
 * switch on or off on some data point; each is worth 1/m of the kernel and their number is random, of
 * Poisson type. Its spread therefore falls as α^(−1/2) m^(−3/4), which holds between α = 16 and 64 and
 * between m = 256 and 1024; the constant 3/2 is the largest measured there over targets, n and β.
 * Added to it: 10⁻⁴ |y| for float32, in which mirrored neurons of scale α cancel.
 */
function scatter({ problem, width, alpha, seeds }: Setting, t: number): number {
	const travel = Math.sqrt(infiniteWidth(problem).travelSquared(t));
	const rounding = 1e-4 * Math.sqrt(sumOfSquares(targets(problem)));
	return (z * 1.5 * travel) / (Math.sqrt(alpha * seeds) * width ** 0.75) + rounding;
}

/**
 * Relative distance allowed between the mean losses of the trained and the linearised network, one
 * per time.
 */
export const driftAllowance = memo((setting: Setting): number[] => {
	const { loss } = infiniteWidth(setting.problem);
	return setting.times.map(
		(t) => 2 * drift(setting, t) + (2 * scatter(setting, t)) / Math.sqrt(loss(t)),
	);
});

export interface Spread {
	/** Relative, one per time. */
	readonly loss: readonly number[];
	readonly travel: readonly number[];
	/** Absolute, the largest over angles and over modes at the last time. */
	readonly field: number;
	readonly modes: number;
	/** Relative distance of one start's loss from infinite width, the largest over the times. */
	readonly single: number;
}

/** Kernels of the other starts: what is taught, and how, does not decide them. */
const otherStarts = memo(
	({ n, lift, width, at }: Pick<Problem, 'n' | 'lift'> & Pick<Setting, 'width' | 'at'>) =>
		Array.from({ length: draws }, (_, i) => {
			const net = start(width, i, 'ntk/spread');
			return { kernel: startKernel({ n, lift }, net), rows: kernelRows({ n, lift }, net, at) };
		}),
);

/** Distance allowed between the mean over `seeds` networks and infinite width. */
export const spreadAllowance = memo((setting: Setting): Spread => {
	const { problem, width, seeds, times, at } = setting;
	const last = times.at(-1) ?? 0;
	const infinite = infiniteWidth(problem, at);
	const { n, lift } = problem;
	const nets = otherStarts({ n, lift, width, at }).map(({ kernel, rows }) =>
		dynamics(problem, kernel, rows),
	);
	const inTime = (f: (net: Dynamics, t: number) => number) =>
		times.map((t) => {
			const truth = f(infinite, t);
			return truth === 0
				? none
				: away(
						1,
						nets.map((net) => f(net, t) / truth),
					);
		});
	const inSpace = (f: (net: Dynamics) => ArrayLike<number>) => {
		const rows = nets.map(f);
		return Array.from(f(infinite), (truth, i) =>
			away(
				truth,
				rows.map((row) => row[i]!),
			),
		);
	};
	const allowed = ({ bias, deviation }: Away) =>
		bias + z * deviation * Math.sqrt(1 / seeds + 1 / draws);

	const first = sumOfSquares(targets(problem));
	const losses = inTime((net, t) => net.loss(t));
	const rms = (square: number) => Math.sqrt(square / problem.n);
	const drifted =
		drift(setting, last) * (rms(first) + 2 * rms(infinite.loss(last))) +
		scatter(setting, last) / Math.sqrt(problem.n);
	return {
		loss: driftAllowance(setting).map((drifts, i) => drifts + allowed(losses[i]!)),
		travel: inTime((net, t) => Math.sqrt(net.travelSquared(t))).map(
			(one, i) =>
				allowed(one) + drift(setting, times[i]!) + scatter(setting, times[i]!) / Math.sqrt(first),
		),
		field: Math.max(0, ...inSpace((net) => net.learnt(last)).map(allowed)) + drifted,
		modes: Math.max(...inSpace((net) => modeAmplitudes(net.residual(last))).map(allowed)) + drifted,
		single: Math.max(0, ...losses.map(({ bias, deviation }) => bias + deviation)),
	};
});

interface Away {
	readonly bias: number;
	readonly deviation: number;
}
const none: Away = { bias: 0, deviation: 0 };

function away(truth: number, values: readonly number[]): Away {
	const { mean, deviation } = meanAndDeviation(values);
	return { bias: Math.abs(mean - truth), deviation };
}

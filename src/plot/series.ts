import type { Curve, Figure, Prediction, PredictionReport, Report } from '#contract';

/** One curve of a panel, with what decides its look. */
export interface Series {
	readonly kind: 'theory' | 'bound' | 'measured';
	readonly label: string;
	readonly curve: Curve;
	/** Place among the curves of its kind in the panel: picks the shade and the dash. */
	readonly rank: number;
	/** Whether a hypothesis is broken here: the theory line turns dotted. */
	readonly outside: boolean;
	/** Label of the equation it is the curve of. */
	readonly equation?: string | undefined;
	/** Set where the curve belongs to a run that was pinned beside the one shown. */
	readonly pin?: PinMark;
}

/** The letter that a pinned run goes by, and its place among the four. */
export interface PinMark {
	readonly letter: string;
	readonly place: number;
}

/** What a pinned run brings to the panels: what it measured; until it has run, its theory. */
export interface PinnedCurves extends PinMark {
	readonly predicted: Readonly<Record<string, Curve>>;
	readonly report: Report | null;
}

/**
 * The curves of one panel: predictions first, measurements over them. Two predictions that draw the
 * same curve, or are held against the same measurement or a part of it, draw it once.
 */
export function seriesOf(
	figure: Figure,
	panelId: string,
	predicted: Readonly<Record<string, Curve>>,
	report: Report | null,
	pins: readonly PinnedCurves[] = [],
): Series[] {
	const shown = curvesOf(figure, panelId, predicted, report);
	const pinned = pins.flatMap(({ letter, place, predicted, report }) =>
		curvesOf(figure, panelId, report ? {} : predicted, report)
			// A knob that theory does not depend on leaves its curve where it is.
			.filter(({ curve }) => !shown.some((other) => sameCurve(other.curve, curve)))
			.map((series) => ({ ...series, outside: false, pin: { letter, place } })),
	);
	return [...shown, ...pinned];
}

function curvesOf(
	figure: Figure,
	panelId: string,
	predicted: Readonly<Record<string, Curve>>,
	report: Report | null,
): Series[] {
	const here = figure.predictions.filter((prediction) => prediction.panel === panelId);
	const reportOf = ({ id }: Prediction) => report?.predictions.find((entry) => entry.id === id);
	const theory = here.flatMap((prediction) => {
		const curve = predicted[prediction.id];
		const outside = reportOf(prediction)?.hypotheses.some(({ holds }) => !holds) ?? false;
		const bound =
			prediction.claim.kind === 'upper bound' || prediction.claim.kind === 'lower bound';
		const kind = bound ? ('bound' as const) : ('theory' as const);
		const { equation, labels } = prediction;
		return curve ? [{ kind, label: labels.predicted, curve, outside, equation }] : [];
	});
	const measured = here.flatMap((prediction) => {
		const entry = reportOf(prediction);
		const { measured: label } = prediction.labels;
		const { equation } = prediction;
		return entry && entry.x.length > 0
			? [
					{
						kind: 'measured' as const,
						label,
						curve: measuredCurve(entry),
						outside: false,
						equation,
					},
				]
			: [];
	});
	return [...ranked(theory), ...ranked(measured)];
}

function measuredCurve({ x, measured, low, high }: PredictionReport): Curve {
	return low && high ? { x, y: measured, low, high } : { x, y: measured };
}

function ranked<S extends Omit<Series, 'rank'>>(all: readonly S[]): Series[] {
	const distinct = all.filter(
		(series, i) =>
			all.findIndex((other) => sameCurve(other.curve, series.curve)) === i &&
			!all.some((other) => other !== series && holds(other, series)),
	);
	return distinct.map((series, rank) => ({ ...series, rank }));
}

/** Whether a curve of the same name has all points of another, and more. */
function holds(whole: Omit<Series, 'rank'>, part: Omit<Series, 'rank'>): boolean {
	if (whole.label !== part.label || whole.curve.x.length <= part.curve.x.length) return false;
	const valueAt = new Map(whole.curve.x.map((x, i) => [x, whole.curve.y[i]]));
	return part.curve.x.every((x, i) => Object.is(valueAt.get(x), part.curve.y[i]));
}

function sameCurve(a: Curve, b: Curve): boolean {
	return sameNumbers(a.x, b.x) && sameNumbers(a.y, b.y);
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
	return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}

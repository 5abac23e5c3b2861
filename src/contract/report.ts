import { join, type Curve } from './curve.ts';
import type { Lane } from './engine.ts';
import type { Figure, Frame, Prediction, Run } from './figure.ts';
import type { Grid } from './grid.ts';
import type { Params } from './knob.ts';
import { judge, type Judgement } from './verdict.ts';

/** The document of a run: printed by the command line, downloaded from the page, shipped as a recording. */
export interface Report {
	readonly format: 1;
	readonly lesson: string;
	readonly figure: string;
	readonly params: Params;
	readonly seed: number;
	readonly seeds: number;
	readonly backend: Lane;
	readonly seconds: number;
	/** Steps taken when the report was made. */
	readonly steps: number;
	readonly predictions: readonly PredictionReport[];
}

export interface PredictionReport extends Judgement {
	readonly id: string;
	readonly title: string;
	readonly claim: ClaimReport;
	readonly hypotheses: readonly {
		readonly id: string;
		readonly holds: boolean;
		readonly text: string;
	}[];
	/** Abscissae of the measured curve, and the two curves there. */
	readonly x: readonly number[];
	readonly predicted: readonly number[];
	readonly measured: readonly number[];
	readonly low: readonly number[] | null;
	readonly high: readonly number[] | null;
}

/** A claim as plain data, its tolerance evaluated for the run. */
export interface ClaimReport {
	readonly kind: string;
	readonly of?: string;
	readonly gap?: 'relative' | 'absolute';
	readonly within: number | readonly (readonly [number, number])[];
	readonly because: string;
}

/** A picture as it was drawn: its values thinned out, its words those of the whole. */
export interface RecordedPicture {
	/** JSON has no NaN: null stands for it. */
	readonly grid: Omit<Grid, 'values'> & { readonly values: readonly (number | null)[] };
	readonly description: string;
}

/** The grid of a recorded picture. */
export function recordedGrid({ grid }: RecordedPicture): Grid {
	return { ...grid, values: grid.values.map((value) => value ?? NaN) };
}

/** The run that a page shows first: its document, and its pictures by id. */
export interface Recording extends Report {
	readonly pictures?: Readonly<Record<string, RecordedPicture>>;
}

/** What has been measured so far, per prediction id. */
export type Measured = Readonly<Record<string, Curve>>;

/** What a run has measured so far. Frames are joined when they are looked at, not as they come. */
export class Collection {
	readonly #figure: Figure;
	readonly #parts = new Map<string, Curve[]>();

	constructor(figure: Figure) {
		this.#figure = figure;
	}

	/** Measures a frame, and tells what it has brought. */
	add(frame: Frame): Measured {
		const brought = this.#figure.predictions.map((prediction) => {
			const { id, draws } = prediction;
			const now = prediction.measure(frame);
			const parts = this.#parts.get(id);
			if (parts && draws === 'grow') parts.push(now);
			else this.#parts.set(id, [now]);
			return [id, now] as const;
		});
		return Object.fromEntries(brought);
	}

	/** All that is to be seen: of a prediction that grows every frame, of another the latest. */
	get measured(): Measured {
		return Object.fromEntries([...this.#parts].map(([id, parts]) => [id, join(parts)]));
	}
}

/** Judges one prediction against what was measured at `step`. */
export function reportOn(
	prediction: Prediction,
	run: Run,
	step: number,
	measured: Curve,
	finished: boolean,
): PredictionReport {
	const predicted = prediction.predict(run, step);
	const there = restrict(predicted, measured.x, prediction.id);
	const hypotheses = prediction.hypotheses.map((h) => {
		const broken = h.broken(run);
		return { id: h.id, holds: broken === null, text: broken ?? h.text };
	});
	return {
		id: prediction.id,
		title: prediction.title,
		claim: describeClaim(prediction, run),
		hypotheses,
		x: measured.x,
		predicted: there.y,
		measured: measured.y,
		low: measured.low ?? null,
		high: measured.high ?? null,
		...judge(prediction.claim, run, there, measured, hypotheses, finished),
	};
}

/** The claim as plain data. */
export function describeClaim({ claim }: Prediction, run: Run): ClaimReport {
	const within = 'within' in claim ? claim.within(run) : claim.slack;
	return {
		kind: claim.kind,
		...('of' in claim && { of: claim.of }),
		...('gap' in claim && { gap: claim.gap }),
		within,
		because: claim.because,
	};
}

/** The curve at the given abscissae only; throws if one of them is not its own. */
export function restrict(curve: Curve, x: readonly number[], id: string): Curve {
	const place = new Map(curve.x.map((value, i) => [value, i]));
	const at = x.map((value) => {
		const i = place.get(value);
		if (i === undefined) throw new RangeError(`${id}: nothing is predicted at x = ${value}`);
		return i;
	});
	const pick = (values: readonly number[]) => at.map((i) => values[i] ?? NaN);
	return { x, y: pick(curve.y), each: curve.each?.map(pick) };
}

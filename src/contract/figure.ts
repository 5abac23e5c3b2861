import type { Claim } from './claim.ts';
import type { Curve } from './curve.ts';
import type { Lab } from './engine.ts';
import type { Grid } from './grid.ts';
import type { Knobs, Params } from './knob.ts';
import type { Report } from './report.ts';

/** Everything a run depends on. Same run, same frames. Replica r is drawn from seed + r. */
export interface Run<P extends Params = Params> {
	readonly params: P;
	readonly seed: number;
	/** How many seeds train side by side. */
	readonly seeds: number;
}

export const seedRange = { min: 0, max: 2 ** 31 - 1 };
export const seedsRange = { min: 1, max: 256 };

/** What a run yields as it goes: plain data, with the step it was taken at. */
export interface Frame {
	readonly step: number;
}

export interface Source {
	/** A key of lessons/references.bib. */
	readonly cite: string;
	/** "Theorem 2", "Section 4". */
	readonly where: string;
}

/** An assumption of a theorem as a checkable statement about the run. */
export interface Hypothesis<P extends Params = Params> {
	readonly id: string;
	/** The assumption, as the reader reads it: "the step is shorter than 2/λ_max". */
	readonly text: string;
	/** Null where it holds; otherwise what breaks it, with numbers: "step 0.31 > 2/λ_max = 0.24". */
	broken(run: Run<P>): string | null;
	/** Set where judging takes long: the page then waits for what the run says. */
	readonly costly?: boolean;
}

export interface Prediction<P extends Params = Params, F extends Frame = Frame> {
	readonly id: string;
	readonly title: string;
	/** Names of the two curves in the plot, kept short. */
	readonly labels: { readonly predicted: string; readonly measured: string };
	readonly source: Source;
	readonly panel: string;
	/** Label of the equation in lesson.md that is computed: it and the curve light each other. */
	readonly equation?: string;
	/** Whether each frame adds its points to the measured curve or replaces it. */
	readonly draws: 'grow' | 'replace';
	readonly claim: Claim<P>;
	readonly hypotheses: readonly Hypothesis<P>[];
	/**
	 * The curve by the formula alone, float64, from the knobs and the data and initial weights that
	 * the seed draws: never from anything trained. Its abscissae contain those of `measure`.
	 * `step` is the clock of the frame it is laid over.
	 */
	predict(run: Run<P>, step: number): Curve;
	measure(frame: F): Curve;
}

export interface Axis {
	readonly label: string;
	readonly scale: 'linear' | 'log';
	readonly domain?: readonly [number, number];
	/** Only whole numbers have a value: frequencies, layers. */
	readonly discrete?: boolean;
}

/** One set of axes in the standard view; predictions name the panel they are drawn in. */
export interface Panel {
	readonly id: string;
	readonly title: string;
	readonly x: Axis;
	readonly y: Axis;
}

/** A picture over a plane that is computed from a frame: a loss surface, the regions of a network, a kernel. */
export interface Picture<F extends Frame = Frame> {
	readonly id: string;
	readonly title: string;
	readonly x: Axis;
	readonly y: Axis;
	/**
	 * What the colour says: magnitudes from low to high, values of both signs around 0, or whole numbers
	 * that only tell regions apart. Left out, its domain is that of the values at hand; what lies beyond
	 * a given one takes the colour of its end.
	 */
	readonly colour: {
		readonly label: string;
		readonly kind: 'magnitude' | 'signed' | 'regions';
		readonly scale?: 'linear' | 'log';
		readonly domain?: readonly [number, number];
	};
	/** Whether the reader may see it as a surface, and turn it. */
	readonly surface?: boolean;
	/**
	 * Ids of the number knobs along the axes, where the picture is a map of what theory says for all their
	 * values, and of no other knob: it marks where they stand, and a click or Enter moves them.
	 */
	readonly knobs?: { readonly x: string; readonly y: string };
	/** Asked in the page for each frame that is drawn: arrange there what `frames` has worked out. */
	draw(frame: F): Grid;
	/** One computed sentence for those who do not see it. */
	describe(grid: Grid): string;
}

/** A named setting worth a visit, with what happens there and why. */
export interface Preset<P extends Params = Params> {
	readonly id: string;
	readonly label: string;
	readonly values: Partial<P>;
	readonly why: string;
	/** Set where the preset breaks hypotheses on purpose: their ids, in the order of the predictions. */
	readonly breaks?: string | readonly string[];
}

/**
 * What links of one format called fields, and what the next one calls them; where a text changed its
 * meaning too, how to get the new one. `m: { to: 'width' }`.
 */
export type Migration = Readonly<
	Record<string, { readonly to: string; readonly text?: (old: string) => string }>
>;

/** One experiment with its knobs, predictions and view: the default export of lessons/x/figures/y.ts. */
export interface Figure<P extends Params = Params, F extends Frame = Frame> {
	readonly title: string;
	readonly knobs: Knobs<P>;
	/** Seeds at the defaults. */
	readonly seeds: number;
	/** A smaller run that keeps `npm test` fast and still tests every claim. */
	readonly reduced: { readonly params: Partial<P>; readonly seeds: number };
	readonly panels: readonly Panel[];
	readonly predictions: readonly Prediction<P, F>[];
	/** Pictures over a plane, drawn beside the panels. */
	readonly pictures?: readonly Picture<F>[];
	readonly presets: readonly Preset<P>[];
	/** Links begin with format 1; the n-th of these leads from format n to the next. Old links keep working. */
	readonly migrations?: readonly Migration[];
	/** Steps a whole run takes, for the progress bar and the final clock. */
	steps(run: Run<P>): number;
	/** Yields frames in order of time; frees what it holds when the consumer stops or `signal` aborts. */
	frames(run: Run<P>, lab: Lab, signal: AbortSignal): AsyncIterable<F>;
	/** One computed sentence that says what the figure shows, for those who do not see it. */
	summary(report: Report): string;
}

/** Lets a lesson write its own types and the rest of the site forget them. */
export function defineFigure<P extends Params, F extends Frame>(figure: Figure<P, F>): Figure {
	return figure as unknown as Figure;
}

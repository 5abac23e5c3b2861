import type { Params } from './knob.ts';
import type { Run } from './figure.ts';

/**
 * A tolerance: one number for the whole curve, or steps [upTo, within]: the first row whose `upTo`
 * is not below x counts. Beyond the last row the last one goes on.
 */
export type Tolerance = number | readonly (readonly [upTo: number, within: number])[];

interface Close<P extends Params> {
	/** Gap relative to the predicted value, or in the unit of y. */
	readonly gap: 'relative' | 'absolute';
	within(run: Run<P>): Tolerance;
	/** Why this much and no more: an error law, a measured spread over seeds. */
	readonly because: string;
}

/** How prediction and measurement ought to be related; decides drawing, verdict and test alike. */
export type Claim<P extends Params = Params> =
	| ({ readonly kind: 'equal' } & Close<P>)
	/** Equal in a limit, tested near it; `of` names it: "width → ∞". */
	| ({ readonly kind: 'limit'; readonly of: string } & Close<P>)
	/** The slope of log y against log x, by least squares, within an absolute tolerance. */
	| { readonly kind: 'slope'; within(run: Run<P>): number; readonly because: string }
	/** Measured ≤ predicted at every x, or ≥; `slack` is the relative room for rounding and noise. */
	| {
			readonly kind: 'upper bound' | 'lower bound';
			readonly slack: number;
			readonly because: string;
	  };

/** The tolerance at x. */
export function toleranceAt(tolerance: Tolerance, x: number): number {
	if (typeof tolerance === 'number') return tolerance;
	const row = tolerance.find(([upTo]) => x <= upTo) ?? tolerance.at(-1);
	if (!row) throw new RangeError('a tolerance table needs at least one row');
	return row[1];
}

/** The programs that compute a figure's run anew without the site, before the run is filled in. */
import type { Report } from '#contract';

/** Each loads its text when asked. */
export interface Scripts {
	readonly ts: () => Promise<string>;
	readonly py: () => Promise<string>;
}

/** What a script is given: the run, and what the page showed of it, to be held against. */
export interface TakenRun extends Pick<
	Report,
	'lesson' | 'figure' | 'params' | 'seed' | 'seeds' | 'steps'
> {
	readonly curves: readonly {
		readonly id: string;
		readonly x: readonly number[];
		readonly predicted: readonly number[];
		/** Empty where the page has not run it. */
		readonly measured: readonly number[];
	}[];
}

/** The text in a script that the run takes the place of, a string literal in both languages. */
const place = /(["'])THE RUN\1/;

/** Fills the run in. JSON twice over is a literal of TypeScript and of Python alike. */
export function filledIn(script: string, run: TakenRun): string {
	const literal = JSON.stringify(JSON.stringify(run));
	return script.replace(place, () => literal);
}

/** The run of a report; JSON knows no NaN, so that it becomes null. */
export function takenRun(report: Report): TakenRun {
	const { lesson, figure, params, seed, seeds, steps, predictions } = report;
	const curves = predictions.map(({ id, x, predicted, measured }) => ({
		id,
		x,
		predicted,
		measured,
	}));
	return { lesson, figure, params, seed, seeds, steps, curves };
}

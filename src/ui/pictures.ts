/** What the page shows of a figure's pictures. */
import {
	gridProblem,
	recordedGrid,
	showNumber,
	showPlace,
	type Frame,
	type Grid,
	type GridPoint,
	type NumberKnob,
	type Picture,
	type RecordedPicture,
} from '#contract';
import type { Runner } from './runner.svelte.ts';
import { snap } from './slider.ts';

/** A picture as it is drawn now, or the sentence that says why it is not. */
export type Shown =
	{ readonly grid: Grid; readonly description: string } | { readonly problem: string };

/** Draws a picture from the latest frame; from the recording where there is none; null before both. */
export function shownPicture(
	picture: Picture,
	frame: Frame | null,
	recorded: RecordedPicture | undefined,
): Shown | null {
	try {
		if (!frame && !recorded) return null;
		const grid = frame ? picture.draw(frame) : recordedGrid(recorded!);
		const problem = gridProblem(picture, grid);
		if (problem) return { problem };
		return {
			grid,
			description: recorded && !frame ? recorded.description : picture.describe(grid),
		};
	} catch {
		return { problem: `${picture.id} cannot be drawn from this frame.` };
	}
}

/** A place on a map by the knobs along its axes. */
export interface KnobPlane {
	/** Where the knobs stand. */
	readonly here: readonly [number, number];
	/** Turns both to the allowed values nearest to a place. */
	set(x: number, y: number): void;
}

/** Null where no knobs stand along the axes of a picture. */
export function knobPlane({ knobs }: Picture, runner: Runner): KnobPlane | null {
	if (!knobs) return null;
	const { figure, run } = runner;
	const near = (id: string, value: number) => ({
		[id]: snap(figure.knobs[id] as NumberKnob, value),
	});
	return {
		here: [Number(run.params[knobs.x]), Number(run.params[knobs.y])],
		set: (x, y) => runner.setParams({ ...near(knobs.x, x), ...near(knobs.y, y) }),
	};
}

/** "angle p = 1.57, angle q = 0, kernel = 2": what stands at a point, in the words of the axes. */
export function pointInWords(picture: Picture, { x, y, value }: GridPoint): string {
	const told = Number.isNaN(value)
		? 'no value'
		: picture.colour.kind === 'regions'
			? String(value)
			: showNumber(value);
	const place = (v: number) => showPlace(Number(v.toPrecision(4)));
	return `${picture.x.label} = ${place(x)}, ${picture.y.label} = ${place(y)}, ${picture.colour.label} = ${told}`;
}

/** What the page shows of a figure's pictures. */
import {
	gridProblem,
	recordedGrid,
	showNumber,
	showPlace,
	type Frame,
	type Grid,
	type GridPoint,
	type Picture,
	type RecordedPicture,
} from '#contract';

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

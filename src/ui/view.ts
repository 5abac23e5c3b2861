import type { Frame, Report } from '#contract';
import type { Predicted } from '#engine/protocol.ts';

/** What a lesson's own view of a figure is given in place of the panels. */
export interface ViewProps extends Record<string, unknown> {
	readonly report: Report | null;
	readonly predicted: Predicted;
	readonly frame: Frame | null;
	/** CSS pixels. */
	readonly width: number;
}

import type { Figure, Frame, Lane, Report, Run } from '#contract';
import { drive } from '#engine/drive.ts';
import { createNodeLab } from '#engine/node.ts';
import type { Address } from '#engine/protocol.ts';

export interface RunFigureOptions {
	readonly signal?: AbortSignal;
	/** From 0 to 1, as the run goes on. */
	readonly onProgress?: (fraction: number) => void;
	/** Told of frames now and then, and of the last in any case; not on webgl, whose frames stay in its page. */
	readonly onFrame?: (frame: Frame) => void;
}

export interface Outcome {
	readonly report: Report;
	/** One sentence, where the run was ended before its time; null where it ran to its end. */
	readonly early: string | null;
	/** Kernels the lane dispatched per training step; null where it does not count. */
	readonly kernelsPerStep: number | null;
}

/** Runs a figure to its end: on wasm and cpu here in Node, on webgl in a headless browser. */
export async function runFigure(
	address: Address,
	figure: Figure,
	run: Run,
	lane: Lane,
	{ signal, onProgress, onFrame }: RunFigureOptions = {},
): Promise<Outcome> {
	if (lane === 'webgl') {
		const { runInBrowser } = await import('./runInBrowser.ts');
		return runInBrowser(address, run, lane, { signal, onProgress });
	}
	const lab = await createNodeLab(lane, { signal });
	return drive(address, figure, run, lab, {
		signal,
		onFrame({ progress, frame }) {
			onProgress?.(progress);
			onFrame?.(frame);
		},
	});
}

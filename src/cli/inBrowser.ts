/** The page that the command line opens for `--backend webgl`: no view, only the engine's client. */
import type { Lane, Run } from '#contract';
import type { Address } from '#engine/protocol.ts';
import { lab } from '#site/lab.ts';
import type { Outcome } from './runFigure.ts';

type Answer = Outcome | { readonly sentence: string };

declare global {
	interface Window {
		runFigure(address: Address, run: Run, lane: Lane): Promise<Answer>;
		onProgress(fraction: number): void;
	}
}

window.runFigure = async (address, run, lane) => {
	let kernelsPerStep: number | null = null;
	for await (const update of lab().start(address, run, { lane })) {
		if (update.kind === 'lane' && update.info.lane !== lane)
			return { sentence: update.info.notes.join(' ') };
		if (update.kind === 'lane') kernelsPerStep = update.kernelsPerStep;
		if (update.kind === 'frame') window.onProgress(update.progress);
		if (update.kind === 'failed') return { sentence: update.sentence };
		if (update.kind === 'done')
			return { report: update.report, early: update.early, kernelsPerStep };
	}
	return { sentence: 'The run ended without a report.' };
};

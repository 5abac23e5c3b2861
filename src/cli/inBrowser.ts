/** The page that the command line opens for `--backend webgl`: no view, only the engine's client. */
import type { Lane, Report, Run } from '#contract';
import type { Address } from '#engine/protocol.ts';
import { lab } from '#site/lab.ts';

type Outcome = { readonly report: Report } | { readonly sentence: string };

declare global {
	interface Window {
		runFigure(address: Address, run: Run, lane: Lane): Promise<Outcome>;
		onProgress(fraction: number): void;
	}
}

window.runFigure = async (address, run, lane) => {
	for await (const update of lab().start(address, run, { lane })) {
		if (update.kind === 'lane' && update.info.lane !== lane)
			return { sentence: update.info.notes.join(' ') };
		if (update.kind === 'frame') window.onProgress(update.progress);
		if (update.kind === 'failed') return { sentence: update.sentence };
		if (update.kind === 'done') return { report: update.report };
	}
	return { sentence: 'The run ended without a report.' };
};

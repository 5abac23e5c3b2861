import type { Run } from '#contract';
import { PageRun } from './pageRun.ts';
import type { Address, LabClient, Predicted, RunOptions, Running } from './protocol.ts';
import { Remote, type SpawnWorker } from './remote.ts';

/**
 * The page's side. Two instances of one worker stand behind it, each started when first needed: one
 * answers `predict` at once and never loads tfjs, the other trains. One run trains at a time: a run
 * that starts or goes on pauses the others, which are told so by a `paused` update.
 */
export function createClient(spawn: SpawnWorker): LabClient {
	const theory = new Remote(spawn);
	const training = new Remote(spawn);
	const runs = new Set<PageRun>();
	let leaving = false;

	/** Leaving the page frees everything; coming back by the history starts afresh. */
	function freeOnLeave(): void {
		if (leaving || typeof window === 'undefined') return;
		leaving = true;
		window.addEventListener('pagehide', () => {
			for (const run of runs) void run.stop();
			theory.close();
			training.close();
		});
	}

	function giveTurn(to: PageRun): void {
		for (const run of runs) if (run !== to) run.yieldTurn();
	}

	return {
		predict(address: Address, run: Run): Promise<Predicted> {
			freeOnLeave();
			return new Promise((resolve, reject) => {
				const link = theory.open({
					hear(message) {
						if (message.kind === 'predicted') resolve(message.predicted);
						if (message.kind === 'problem') reject(new Error(message.sentence));
						link.close();
					},
					lost: (sentence) => reject(new Error(sentence)),
				});
				link.post({ kind: 'predict', address, run });
			});
		},
		start(address: Address, run: Run, options: RunOptions = {}): Running {
			freeOnLeave();
			const started: PageRun = new PageRun(training, {
				onTurn: () => giveTurn(started),
				onEnd: () => runs.delete(started),
			});
			runs.add(started);
			started.begin(address, run, options);
			return started;
		},
	};
}

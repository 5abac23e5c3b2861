import type { Run } from '#contract';
import { readDecisions, type Decisions } from './decisions.ts';
import { PageRun } from './pageRun.ts';
import type { Address, LabClient, Predicted, RunOptions, Running } from './protocol.ts';
import { Remote, type SpawnWorker } from './remote.ts';

/** Where texts are kept from one visit to the next; reading and writing never throw. */
export interface Memory {
	read(): string | null;
	write(text: string): void;
}

const forgetful: Memory = { read: () => null, write: () => undefined };

/**
 * The page's side. Two instances of one worker stand behind it, each started when first needed: one
 * answers `predict` at once and never loads tfjs, the other trains. One run trains at a time: a run
 * that starts or goes on pauses the others, which are told so by a `paused` update.
 */
export function createClient(spawn: SpawnWorker, memory: Memory = forgetful): LabClient {
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
				onDecided: (decided: Decisions) => memory.write(JSON.stringify(decided)),
			});
			runs.add(started);
			const decisions = readDecisions(memory.read());
			started.begin(address, run, { ...options, ...(decisions && { decisions }) });
			return started;
		},
	};
}

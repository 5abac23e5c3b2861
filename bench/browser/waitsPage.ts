/** The page in which runs are started, watched and stopped, through the client that readers' pages have. */
import type { Lane } from '#contract';
import { createClient } from '#engine/client.ts';
import type { Running } from '#engine/protocol.ts';
import { run } from './figure.ts';

declare global {
	interface Window {
		waits: typeof waits;
	}
}

const lab = createClient(
	() => new Worker(new URL('./waits.worker.ts', import.meta.url), { type: 'module' }),
);

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Started {
	readonly running: Running;
	readonly firstFrameMs: number;
}

/** Starts a run and waits for its first frame; later ones are taken and dropped. */
function started(lane: Lane): Promise<Started> {
	return new Promise((resolve, reject) => {
		const since = performance.now();
		const running = lab.start({ lesson: 'bench', figure: 'waits' }, run, { lane });
		const read = async () => {
			for await (const update of running) {
				if (update.kind === 'lane' && update.info.lane !== lane)
					throw new Error(update.info.notes.join(' '));
				if (update.kind === 'failed') throw new Error(update.sentence);
				if (update.kind === 'frame') resolve({ running, firstFrameMs: performance.now() - since });
			}
		};
		read().catch(reject);
	});
}

/** The longest time between two turns of the page's own thread until `end` settles, in ms. */
async function longestGap(end: Promise<unknown>): Promise<number> {
	let over = false;
	const finish = () => {
		over = true;
	};
	end.then(finish, finish);
	let longest = 0;
	for (let last = performance.now(); !over;) {
		await sleep(1);
		const now = performance.now();
		longest = Math.max(longest, now - last);
		last = now;
	}
	return longest;
}

const waits = {
	/** Time to the first frame of a run, which is then stopped; cold the first time in a page. */
	async firstFrame(lane: Lane): Promise<number> {
		const { running, firstFrameMs } = await started(lane);
		await running.stop();
		return firstFrameMs;
	},
	/** Time until a run that trains has ended and freed all, stopped at a moment `afterMs` after its first frame. */
	async stop(lane: Lane, afterMs: number): Promise<number> {
		const { running } = await started(lane);
		await sleep(afterMs);
		const since = performance.now();
		await running.stop();
		return performance.now() - since;
	},
	/** The longest gap from the start of a run until it has trained for a while after its first frame. */
	async freeze(lane: Lane, ms: number): Promise<number> {
		const trained = (async () => {
			const { running } = await started(lane);
			await sleep(ms);
			await running.stop();
		})();
		const longest = await longestGap(trained);
		await trained;
		return longest;
	},
};
window.waits = waits;

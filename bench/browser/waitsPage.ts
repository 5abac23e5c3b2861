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

/** The longest time between two turns of the page's own thread, in ms. */
async function longestGap(ms: number): Promise<number> {
	const { port1, port2 } = new MessageChannel();
	const start = performance.now();
	let last = start;
	let longest = 0;
	await new Promise<void>((resolve) => {
		port1.onmessage = () => {
			const now = performance.now();
			longest = Math.max(longest, now - last);
			last = now;
			// A short rest, or the watch itself would fill a core.
			if (now - start < ms) setTimeout(() => port2.postMessage(null), 1);
			else resolve();
		};
		port2.postMessage(null);
	});
	port1.close();
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
	/** The longest gap while a run starts and trains. */
	async freeze(lane: Lane, ms: number): Promise<number> {
		const gap = longestGap(ms);
		const { running } = await started(lane);
		const longest = await gap;
		await running.stop();
		return longest;
	},
};
window.waits = waits;

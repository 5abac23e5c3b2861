/** The page of `npm run soak`. It trains on its own thread, as only there tfjs can be asked what it holds. */
import { memory } from '@tensorflow/tfjs-core';
import type { Job } from '#contract';
import { LaneLab } from '#engine/lab.ts';
import { Lanes, type OpenLane } from '#engine/lane.ts';
import { cpuDevice } from '#engine/cpu/kernel.ts';
import { FusedKernel } from '#engine/tfjs/fused/kernel.ts';
import { start } from '#engine/tfjs/webgl.ts';
import { jobOf, tasks } from '../tasks.ts';
import { held, type Held, type Kind, type Soaked } from './held.ts';

declare global {
	interface Window {
		soak: typeof soak;
	}
}

/** Ten tanh units and samples with two coordinates for the fused kernel; more than it covers for stock operations. */
function jobFor(kind: Kind): Job {
	const task = tasks.find(({ name }) => name === 'tanh d2 m64 b200')!;
	const sizes = kind === 'fused' ? [2, 10, 1] : [129, 10, 1];
	return jobOf({ ...task, sizes, samples: 10, replicas: 4 });
}

const lanes = new Lanes({ webgl: start, cpu: () => Promise.resolve(cpuDevice) });

async function webgl(): Promise<OpenLane> {
	const lane = await lanes.choose('webgl');
	if (lane.info.lane !== 'webgl') throw new Error(lane.info.notes.join(' '));
	return lane;
}

/** What tfjs holds on the device and beside it. */
function heldNow(): Held {
	const now = memory() as ReturnType<typeof memory> & Partial<Held>;
	return Object.fromEntries(held.map((name) => [name, now[name] ?? 0])) as unknown as Held;
}

const soak = {
	/** One kernel, so many steps; the count begins once a hundred have filled the pool of textures. */
	async steps(kind: Kind, steps: number): Promise<Soaked> {
		const { device } = await webgl();
		const kernel = device.kernel(jobFor(kind));
		if (kernel instanceof FusedKernel !== (kind === 'fused'))
			throw new Error(`The job meant for ${kind} steps trained otherwise.`);
		const slice = async () => {
			kernel.steps(100);
			await kernel.fence();
		};
		await slice();
		const before = heldNow();
		for (let taken = 0; taken < steps; taken += 100) await slice();
		const after = heldNow();
		kernel.dispose();
		return { before, after };
	},
	/** Runs as a page has them, stopped in the middle of training; the count begins after the first ten. */
	async cycles(kind: Kind, cycles: number): Promise<Soaked> {
		const job = jobFor(kind);
		const cycle = async () => {
			const stop = new AbortController();
			const lab = new LaneLab(await webgl(), { signal: stop.signal });
			try {
				const session = await lab.open(job);
				await session.advance(10);
				await session.probe({ kind: 'outputs' });
				const ended = session.advance(1e6).catch(() => undefined);
				await new Promise((resolve) => setTimeout(resolve, 10));
				stop.abort();
				await ended;
			} finally {
				lab.dispose();
			}
		};
		for (let i = 0; i < 10; i++) await cycle();
		const before = heldNow();
		for (let i = 0; i < cycles; i++) await cycle();
		return { before, after: heldNow() };
	},
};
window.soak = soak;

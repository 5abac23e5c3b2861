import { afterEach, describe, expect, it, vi } from 'vitest';
import { createClient } from './client.ts';
import { cpuDevice } from './cpu/kernel.ts';
import { serve } from './host.ts';
import { Lanes } from './lane.ts';
import type { Running, Update } from './protocol.ts';
import type { WorkerLike } from './remote.ts';
import { toy, toyAddress, toyRun } from './toy.ts';

/** A worker that lives in this thread, behind a real message channel. */
class Neighbour implements WorkerLike {
	terminated = false;
	onmessage: WorkerLike['onmessage'] = null;
	onerror: WorkerLike['onerror'] = null;
	onmessageerror: WorkerLike['onmessageerror'] = null;
	readonly #page: MessagePort;

	constructor() {
		const { port1, port2 } = new MessageChannel();
		this.#page = port1;
		port1.onmessage = (event: MessageEvent) => this.onmessage?.(event);
		const lanes = new Lanes({ cpu: () => Promise.resolve(cpuDevice) });
		serve(port2, ({ lesson }) => (lesson === 'toy' ? Promise.resolve(toy) : undefined), lanes);
	}
	postMessage(message: unknown): void {
		this.#page.postMessage(message);
	}
	die(): void {
		this.onerror?.(new Event('error') as ErrorEvent);
	}
	terminate(): void {
		this.terminated = true;
		this.#page.close();
	}
}

const workers: Neighbour[] = [];
const client = () =>
	createClient(() => {
		const worker = new Neighbour();
		workers.push(worker);
		return worker;
	});
afterEach(() => workers.splice(0).forEach((worker) => worker.terminate()));

async function all(run: Running): Promise<Update[]> {
	const updates: Update[] = [];
	for await (const update of run) updates.push(update);
	return updates;
}
const endless = toyRun(1e-4, 100_000);

describe('the page and its workers', () => {
	it('starts no worker before it is asked', () => {
		client();
		expect(workers.length).toBe(0);
	});

	it('predicts in a worker of its own', async () => {
		const lab = client();
		const { residual } = await lab.predict(toyAddress, toyRun());
		expect(residual?.y[1]).toBeCloseTo(0.9 ** 10, 12);
		const run = lab.start(toyAddress, endless);
		await lab.predict(toyAddress, toyRun());
		expect(workers.length).toBe(2);
		await run.stop();
	});

	it('tells a run in order: lane, frames, done', async () => {
		const updates = await all(client().start(toyAddress, toyRun()));
		const kinds = updates.map(({ kind }) => kind);
		expect(kinds[0]).toBe('lane');
		expect(kinds.at(-1)).toBe('done');
		expect(kinds.indexOf('frame')).toBeLessThan(kinds.indexOf('done'));
		expect(updates.at(-1)).toMatchObject({
			early: null,
			report: { steps: 100, predictions: [{ verdict: 'agrees' }] },
		});
	});

	it('lets a slow page skip frames, never queue them', async () => {
		const run = client().start(toyAddress, toyRun(1e-4, 20_000));
		const frames: number[] = [];
		for await (const update of run) {
			if (update.kind === 'frame') frames.push(update.frame.step);
			if (frames.length === 1) await new Promise((resolve) => setTimeout(resolve, 2000));
		}
		// Everything between the first frame and the last was made while the page slept.
		expect(frames).toEqual([0, 20_000]);
	});

	it('pauses, steps and goes on', async () => {
		const run = client().start(toyAddress, toyRun(), { paused: true });
		const updates: Update[] = [];
		const reading = (async () => {
			for await (const update of run) updates.push(update);
		})();
		const frames = () => updates.filter(({ kind }) => kind === 'frame').length;
		await run.pause();
		expect(frames()).toBe(0);
		for (const count of [1, 2]) {
			run.step();
			await vi.waitUntil(() => frames() === count);
		}
		await run.pause();
		expect(frames()).toBe(2);
		run.resume();
		await reading;
		expect(updates.at(-1)?.kind).toBe('done');
	});

	it('stops within 100 ms and says no more', async () => {
		const run = client().start(toyAddress, endless);
		const reading = all(run);
		await new Promise((resolve) => setTimeout(resolve, 100));
		const since = performance.now();
		await run.stop();
		expect(performance.now() - since).toBeLessThan(100);
		expect((await reading).map(({ kind }) => kind)).not.toContain('done');
	});

	it('pauses one run when another begins, and says so', async () => {
		const lab = client();
		const first = lab.start(toyAddress, endless);
		const reading = all(first);
		await new Promise((resolve) => setTimeout(resolve, 50));
		await all(lab.start(toyAddress, toyRun()));
		await first.stop();
		expect(await reading).toContainEqual({ kind: 'paused' });
	});

	it.each([
		[
			{ lesson: 'toy', figure: '../secrets' },
			toyRun(),
			'There is no figure “../secrets” in lesson “toy”.',
		],
		[
			{ lesson: 'none', figure: 'residual' },
			toyRun(),
			'There is no figure “residual” in lesson “none”.',
		],
		[toyAddress, toyRun(99), 'step must be a number from 0 to 10; “99” is not.'],
		[
			toyAddress,
			{ ...toyRun(), seeds: 0 },
			'seeds must be a whole number from 1 to 256; 0 is not.',
		],
	])('fails in one sentence: %j', async (address, run, sentence) => {
		const lab = client();
		expect(await all(lab.start(address, run))).toEqual([{ kind: 'failed', sentence }]);
		await expect(lab.predict(address, run)).rejects.toThrow(sentence);
	});

	it('fails in one sentence when the worker dies, and starts a fresh one for the next run', async () => {
		const lab = client();
		const run = lab.start(toyAddress, endless);
		const reading = all(run);
		await new Promise((resolve) => setTimeout(resolve, 20));
		workers[0]?.die();
		const sentence = 'The engine stopped unexpectedly. Run again to start it afresh.';
		expect((await reading).at(-1)).toEqual({ kind: 'failed', sentence });
		expect(workers[0]?.terminated).toBe(true);
		expect((await all(lab.start(toyAddress, toyRun()))).at(-1)?.kind).toBe('done');
	});

	it('notices a worker that has fallen silent, within a minute or so', async () => {
		vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
		try {
			const mute: WorkerLike = {
				postMessage: () => undefined,
				onmessage: null,
				onerror: null,
				onmessageerror: null,
				terminate: vi.fn(),
			};
			const lab = createClient(() => mute);
			const run = lab.start(toyAddress, endless);
			const reading = all(run);
			await vi.advanceTimersByTimeAsync(55_000);
			expect(mute.terminate).not.toHaveBeenCalled();
			await vi.advanceTimersByTimeAsync(15_000);
			const sentence = 'The engine stopped answering. Run again to start it afresh.';
			expect(await reading).toEqual([{ kind: 'failed', sentence }]);
			expect(mute.terminate).toHaveBeenCalledOnce();
		} finally {
			vi.useRealTimers();
		}
	});

	it('leaves a worker alone that answers, however long a run takes', async () => {
		vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
		try {
			const answering: WorkerLike = {
				postMessage(message) {
					if ((message as { kind: string }).kind === 'ping')
						this.onmessage?.({ data: { id: 0, kind: 'pong' } } as MessageEvent);
				},
				onmessage: null,
				onerror: null,
				onmessageerror: null,
				terminate: vi.fn(),
			};
			const run = createClient(() => answering).start(toyAddress, endless);
			await vi.advanceTimersByTimeAsync(300_000);
			expect(answering.terminate).not.toHaveBeenCalled();
			void run.stop();
		} finally {
			vi.useRealTimers();
		}
	});

	it('turns a live knob of a run that trains, and its report says so', async () => {
		const run = client().start(toyAddress, toyRun(1e-4, 20_000));
		let last: Update | undefined;
		let frames = 0;
		for await (const update of run) {
			last = update;
			if (update.kind === 'frame' && ++frames === 3) run.turn(2e-4);
		}
		expect(last).toMatchObject({
			kind: 'done',
			report: { predictions: [{ verdict: 'outside the theorem' }] },
		});
		expect(last?.kind === 'done' && last.report.predictions[0]?.sentence).toMatch(
			/step changed from 0\.0001 to 0\.0002 at step \d+/,
		);
	});
});

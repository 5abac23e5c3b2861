import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Lane } from '#contract';
import { browserLanes } from './browser.ts';
import { createClient } from './client.ts';
import type { LabClient, Running, Update } from './protocol.ts';
import { loseWebGL, toyAddress, toyRun } from './toy.ts';

/** A client over real workers, each named for what it does without. */
function labWith(name: string, workers: Worker[] = []): LabClient {
	return createClient(() => {
		const worker = new Worker(new URL('./toy.worker.ts', import.meta.url), {
			type: 'module',
			name,
		});
		workers.push(worker);
		return worker;
	});
}

async function all(run: Running): Promise<Update[]> {
	const updates: Update[] = [];
	for await (const update of run) updates.push(update);
	return updates;
}

const silent = ['log', 'info', 'warn', 'error'] as const;
afterEach(() => {
	vi.restoreAllMocks();
	window.dispatchEvent(new Event('pagehide')); // ends the workers, as leaving the page does
});

describe('a run in a real worker', () => {
	it.each<[Lane, string]>([
		['webgl', 'ANGLE'],
		['wasm', 'WebAssembly'],
		['cpu', 'TypeScript'],
	])('agrees with its prediction on %s', async (lane, renderer) => {
		const updates = await all(labWith('all').start(toyAddress, toyRun(), { lane }));
		const [first] = updates;
		expect(first).toMatchObject({ kind: 'lane', info: { lane, notes: [] } });
		expect(first?.kind === 'lane' && first.info.renderer).toContain(renderer);
		expect(first?.kind === 'lane' && first.info.selfTestError).toBeLessThan(1e-5);
		const counts = updates.flatMap((u) => (u.kind === 'lane' ? [u.kernelsPerStep] : []));
		expect(counts).toEqual(lane === 'webgl' ? [null, 5] : [null]);
		expect(updates.at(-1)).toMatchObject({
			kind: 'done',
			report: { backend: lane, predictions: [{ verdict: 'agrees' }] },
		});
	});

	it('trains on WASM unless told otherwise where WebGL is drawn in software, and says so', async () => {
		const updates = await all(labWith('all').start(toyAddress, toyRun()));
		const notes = ['WebGL is drawn in software here; training runs on WASM.'];
		expect(updates[0]).toMatchObject({ kind: 'lane', info: { lane: 'wasm', notes } });
		expect(updates.filter(({ kind }) => kind === 'lane')).toHaveLength(1);
		expect(updates.at(-1)).toMatchObject({ kind: 'done', report: { backend: 'wasm' } });
	});

	it('moves to WASM where a WebGL of another name is as slow as that', async () => {
		const lab = labWith('renderer unknown');
		// The first trial may be over before the shaders are compiled; they stay so for the next.
		await all(lab.start(toyAddress, toyRun()));
		const updates = await all(lab.start(toyAddress, toyRun()));
		const infos = updates.flatMap((u) => (u.kind === 'lane' ? [u.info] : []));
		expect(infos.map(({ lane }) => lane)).toEqual(['webgl', 'wasm']);
		expect(infos[1]?.notes).toHaveLength(1);
		expect(infos[1]?.notes[0]).toMatch(
			/^WebGL is over 100 times slower than WASM on this network; training runs on WASM\.$/,
		);
		expect(updates.at(-1)).toMatchObject({ kind: 'done', report: { backend: 'wasm' } });
	});

	it.each([
		['no WebGL', 'wasm', ['WebGL is not available in this browser; training runs on WASM.']],
		[
			'no WebGL, no WebAssembly',
			'cpu',
			[
				'WebGL is not available in this browser; training runs on plain TypeScript.',
				'WASM is not available in this browser; training runs on plain TypeScript.',
			],
		],
	])('says what is missing: %s', async (name, lane, notes) => {
		const updates = await all(labWith(name).start(toyAddress, toyRun()));
		expect(updates[0]).toMatchObject({ kind: 'lane', info: { lane, notes } });
		expect(updates.at(-1)).toMatchObject({ kind: 'done', report: { backend: lane } });
	});

	it.each<Lane>(['webgl', 'wasm', 'cpu'])('pauses and stops within 100 ms on %s', async (lane) => {
		const run = labWith('all').start(toyAddress, toyRun(1e-6, 100_000), { lane });
		const updates: Update[] = [];
		const reading = (async () => {
			for await (const update of run) updates.push(update);
		})();
		await vi.waitUntil(() => updates.filter(({ kind }) => kind === 'frame').length > 5, 20_000);
		const timed = async (promise: Promise<void>) => {
			const since = performance.now();
			await promise;
			return performance.now() - since;
		};
		expect(await timed(run.pause()), 'pause').toBeLessThan(100);
		run.resume();
		expect(await timed(run.stop()), 'stop').toBeLessThan(100);
		await reading;
	});

	it('goes on when WebGL is taken away, and tells the page', async () => {
		const workers: Worker[] = [];
		const lab = labWith('all', workers);
		const run = lab.start(toyAddress, toyRun(1e-3, 3000), { lane: 'webgl' });
		const updates: Update[] = [];
		for await (const update of run) {
			updates.push(update);
			const frames = updates.filter(({ kind }) => kind === 'frame').length;
			if (frames === 5 && update.kind === 'frame')
				for (const worker of workers) worker.postMessage(loseWebGL);
		}
		const notes = updates.flatMap((u) => (u.kind === 'lane' ? u.info.notes : []));
		expect(notes[0]).toContain('started again');
		const last = updates.at(-1);
		expect(last).toMatchObject({ kind: 'done', early: null, report: { backend: 'webgl' } });
		if (last?.kind !== 'done') return;
		const { x, measured } = last.report.predictions[0]!;
		expect(x.length).toBe(301);
		for (const [i, t] of x.entries()) expect(measured[i]).toBeCloseTo((1 - 1e-3) ** t, 5);
	});

	it('predicts without loading tfjs', async () => {
		const { residual } = await labWith('all').predict(toyAddress, toyRun());
		expect(residual?.y[1]).toBeCloseTo(0.9 ** 10, 12);
	});
});

it('is silent on the console when both kinds of canvas have no WebGL', async () => {
	const spies = silent.map((level) => vi.spyOn(console, level).mockImplementation(() => undefined));
	vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
	vi.spyOn(OffscreenCanvas.prototype, 'getContext').mockReturnValue(null);
	const { info } = await browserLanes().choose();
	expect(info.lane).toBe('wasm');
	for (const spy of spies) expect(spy).not.toHaveBeenCalled();
});

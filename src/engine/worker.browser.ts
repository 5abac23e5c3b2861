import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Lane, LaneInfo, Report } from '#contract';
import { browserLanes } from './browser.ts';
import { createClient, type Memory } from './client.ts';
import { readDecisions } from './decisions.ts';
import type { LabClient, Running, Update } from './protocol.ts';
import { loseWebGL, toyAddress, toyRun } from './toy.ts';

/** A client over real workers, each named for what it does without. */
function labWith(name: string, workers: Worker[] = [], memory?: Memory): LabClient {
	return createClient(() => {
		const worker = new Worker(new URL('./toy.worker.ts', import.meta.url), {
			type: 'module',
			name,
		});
		workers.push(worker);
		return worker;
	}, memory);
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
		// Many steps of so small a network share one draw.
		expect(counts).toEqual(lane === 'webgl' ? [null, expect.any(Number)] : [null]);
		if (lane === 'webgl') expect(counts[1]).toBeLessThan(5);
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

	it('stays on WASM where a WebGL of another name is found slow, and remembers it', async () => {
		let kept: string | null = null;
		const memory = { read: () => kept, write: (text: string) => void (kept = text) };
		const lab = labWith('renderer unknown, slow WebGL', [], memory);
		const run = lab.start(toyAddress, toyRun(1e-7, 1e7));
		let infos: LaneInfo[] = [];
		for await (const update of run) {
			if (update.kind === 'lane') infos.push(update.info);
			if (infos.some(({ notes }) => notes.length > 0)) break;
		}
		expect(new Set(infos.map(({ lane }) => lane))).toEqual(new Set(['wasm']));
		const why =
			/^WebGL is (\d+|over 100) times slower than WASM on this network; training runs on WASM\.$/;
		expect(infos.at(-1)?.notes).toEqual([expect.stringMatching(why)]);
		expect(Object.values(readDecisions(kept)?.why ?? {})).toEqual([
			expect.stringContaining('times slower'),
		]);

		// The next visit knows at once.
		infos = [];
		const again = labWith('renderer unknown, slow WebGL', [], memory).start(toyAddress, toyRun());
		for await (const update of again) if (update.kind === 'lane') infos.push(update.info);
		expect(infos.map(({ lane, notes }) => [lane, notes.length])).toContainEqual(['wasm', 1]);
	});

	it('begins on WASM, moves to a faster WebGL once that is warm, and the curve has no jump', async () => {
		const lab = labWith('renderer unknown, slow WASM');
		const run = lab.start(toyAddress, toyRun(1e-3, 100_000));
		const infos: LaneInfo[] = [];
		let frames = 0;
		let report: Report | null = null;
		for await (const update of run) {
			if (update.kind === 'lane') infos.push(update.info);
			if (update.kind !== 'frame') continue;
			report = update.report;
			if (infos.at(-1)?.lane === 'webgl' && ++frames === 10) break;
		}
		expect(infos[0]).toMatchObject({ lane: 'wasm', notes: [] });
		const { before, notes } = infos.at(-1)!;
		expect(before?.lane).toBe('wasm');
		expect(before?.until).toBeGreaterThan(0);
		expect(notes).toEqual([expect.stringContaining('to within 10⁻⁵, not to the last bit')]);
		const { x, measured } = report!.predictions[0]!;
		expect(report!.backend).toBe('webgl');
		expect(x.at(-1)).toBeGreaterThan(before!.until);
		for (const [i, t] of x.entries())
			expect(Math.abs(measured[i]! - (1 - 1e-3) ** t), `step ${t}`).toBeLessThan(1e-5);
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

	it.each<Lane>(['webgl', 'wasm', 'cpu'])('pauses and stops at once on %s', async (lane) => {
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
		expect(await timed(run.pause()), 'pause').toBeLessThan(1000);
		run.resume();
		expect(await timed(run.stop()), 'stop').toBeLessThan(1000);
		await reading;
	});

	it('goes on when WebGL is taken away, tells the page so within 2 s, and moves to WASM the second time', async () => {
		const workers: Worker[] = [];
		const lab = labWith('all', workers);
		const run = lab.start(toyAddress, toyRun(1e-3, 3000), { lane: 'webgl' });
		const updates: Update[] = [];
		const told: number[] = [];
		let lostAt = 0;
		let since = 0;
		for await (const update of run) {
			updates.push(update);
			if (update.kind === 'lane' && update.info.notes.some((note) => note.includes('is being')))
				told.push(performance.now() - lostAt);
			if (update.kind === 'lane') since = 0;
			if (update.kind !== 'frame' || ++since !== 5 || told.length === 2) continue;
			lostAt = performance.now();
			for (const worker of workers) worker.postMessage(loseWebGL);
		}
		const notes = updates.flatMap((u) => (u.kind === 'lane' ? u.info.notes : []));
		expect(notes).toEqual([
			'WebGL was taken away by the browser; it is being started again.',
			'WebGL was taken away by the browser and started again; training went on from the last checkpoint.',
			expect.stringContaining('started again'),
			'WebGL was taken away by the browser; it is being started again.',
			'WebGL was taken away by the browser; training runs on WASM.',
		]);
		expect(told).toHaveLength(2);
		for (const ms of told) expect(ms).toBeLessThan(2000);
		const last = updates.at(-1);
		expect(last).toMatchObject({ kind: 'done', early: null, report: { backend: 'wasm' } });
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

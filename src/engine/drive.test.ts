import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import type { Figure, Frame, Job, Lane } from '#contract';
import { drive } from './drive.ts';
import { Gate } from './gate.ts';
import { startTfjsWasm } from '../../tests/tfjsWasm.ts';
import { LaneLab } from './lab.ts';
import { createNodeLab } from './node.ts';
import type { Update } from './protocol.ts';
import { toy, toyAddress, toyRun } from './toy.ts';

type Shown = Extract<Update, { kind: 'frame' }>;

const oneWeight: Job = {
	network: { sizes: [1, 1], activation: 'linear', scales: [1] },
	optimiser: { kind: 'gd', stepSize: 0.1 },
	replicas: 1,
	weights: [Float64Array.of(0)],
	x: Float64Array.of(1),
	y: Float64Array.of(1),
	lossFactor: 1,
};

describe('driving a figure', () => {
	it.each<Exclude<Lane, 'webgl'>>(['cpu', 'wasm'])('ends in a final report on %s', async (lane) => {
		const lab = await createNodeLab(lane);
		const { report, early } = await drive(toyAddress, toy, toyRun(), lab);
		expect(early).toBeNull();
		expect(report).toMatchObject({ ...toyAddress, backend: lane, steps: 100, format: 1 });
		expect(report.predictions[0]).toMatchObject({
			verdict: 'agrees',
			x: [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
		});
	});

	it('shows the last frame, and never more than the eye can follow', async () => {
		const shown: Shown[] = [];
		const since = performance.now();
		const lab = await createNodeLab('cpu');
		await drive(toyAddress, toy, toyRun(0.1, 20_000), lab, { onFrame: (u) => shown.push(u) });
		const pictures = (performance.now() - since) / (1000 / 30);
		expect(shown.length).toBeLessThanOrEqual(pictures + 2);
		expect(shown.at(-1)).toMatchObject({ frame: { step: 20_000 }, progress: 1 });
		expect(shown.at(-1)?.report.predictions[0]?.verdict).toBe('still running');
	});

	it('spends at most a fifth of its time on predictions that take long', async () => {
		let spent = 0;
		const slow: Figure = {
			...toy,
			predictions: toy.predictions.map((prediction) => ({
				...prediction,
				predict(run, step) {
					const since = performance.now();
					while (performance.now() < since + 15);
					spent += performance.now() - since;
					return prediction.predict(run, step);
				},
			})),
		};
		const lab = await createNodeLab('cpu');
		const since = performance.now();
		await drive(toyAddress, slow, toyRun(0.1, 50_000), lab, { onFrame: () => undefined });
		// the first frame's bounds, the last picture and the last report come on top
		expect(spent - 60).toBeLessThan((performance.now() - since) / 4);
	});

	it('ends a run that leaves all bounds, and says which hypothesis it broke', async () => {
		const lab = await createNodeLab('cpu');
		const { report, early } = await drive(toyAddress, toy, toyRun(3.5, 5000), lab);
		expect(early).toBe(
			'The run left all bounds at step 20: the step size 3.5 is longer than 2/λ_max = 2.',
		);
		expect(report.steps).toBe(20);
		expect(report.predictions[0]).toMatchObject({
			verdict: 'outside the theorem',
			sentence: 'outside the theorem: step 3.5 > 2/λ_max = 2',
		});
	});

	it('does not blame the step size where that is not the reason', async () => {
		const climbing: Figure = {
			...toy,
			async *frames(_, lab) {
				await lab.open(oneWeight);
				yield* [1, 1e9].map((residual, i) => ({ step: 10 * i, residual }) as Frame);
			},
		};
		const { early } = await drive(toyAddress, climbing, toyRun(), await createNodeLab('cpu'));
		expect(early).toBe('The run left all bounds at step 10 and was ended there.');
	});

	it('says that a step size was changed on the way, and judges nothing then', async () => {
		const lab = await createNodeLab('cpu');
		let seen = 0;
		const { report } = await drive(toyAddress, toy, toyRun(), lab, {
			onFrame({ frame }) {
				if (frame.step < 40 || seen++ > 0) return;
				for (const value of [0.15, 0.2]) lab.turn(0.1, value);
			},
		});
		const { measured, sentence, verdict, hypotheses, x } = report.predictions[0]!;
		const at = lab.turns[0]!.step;
		expect(lab.turns).toEqual([{ step: at, from: 0.1, to: 0.2 }]);
		expect(verdict).toBe('outside the theorem');
		const broken = `step changed from 0.1 to 0.2 at step ${at}`;
		expect(sentence).toBe(`outside the theorem: ${broken}`);
		expect(hypotheses.at(-1)).toEqual({ id: 'same-throughout', holds: false, text: broken });
		for (const [i, t] of x.entries()) {
			const residual = 0.9 ** Math.min(t, at) * 0.8 ** Math.max(0, t - at);
			expect(measured[i]).toBeCloseTo(residual, 10);
		}
	});

	it('takes a turn back before the next step for none', async () => {
		const lab = await createNodeLab('cpu');
		const session = await lab.open(oneWeight);
		await session.advance(10);
		lab.turn(0.1, 0.3);
		lab.turn(0.1, 0.1);
		expect(lab.turns).toEqual([]);
		lab.turn(0.1, 0.3);
		const another = await lab.open(oneWeight);
		await another.advance(1);
		const [f] = await another.probe({ kind: 'outputs' });
		expect(f, 'sessions opened later have it too').toBeCloseTo(0.3, 12);
	});

	it('gives the same frames, bit for bit, for the same run', async () => {
		const frames = async (lane: 'cpu' | 'wasm') => {
			const seen: Frame[] = [];
			const lab = await createNodeLab(lane);
			for await (const frame of toy.frames(toyRun(), lab, new AbortController().signal))
				seen.push(frame);
			lab.dispose();
			return seen;
		};
		for (const lane of ['cpu', 'wasm'] as const)
			expect(await frames(lane)).toEqual(await frames(lane));
	});

	it('says whether a figure has opened a network, or computes by itself', async () => {
		const alone: Figure = {
			...toy,
			async *frames() {
				await Promise.resolve();
				yield { step: 0, residual: 1 } as Frame;
			},
		};
		for (const [figure, isPlain] of [
			[alone, true],
			[toy, false],
		] as const) {
			const shown: Shown[] = [];
			const lab = await createNodeLab('cpu');
			await drive(toyAddress, figure, toyRun(), lab, { onFrame: (u) => shown.push(u) });
			expect(shown.at(-1)?.isPlain).toBe(isPlain);
		}
	});

	it('ends a run that yields what is not a number', async () => {
		const broken: Figure = {
			...toy,
			async *frames() {
				yield* [0, 10, 20].map((step) => ({ step, residual: step < 10 ? 1 : NaN }) as Frame);
			},
		};
		const lab = await createNodeLab('cpu');
		const { report } = await drive(toyAddress, broken, toyRun(), lab);
		expect(report.steps).toBe(10);
		expect(report.predictions[0]?.verdict).toBe('disagrees');
	});

	it('waits at the gate and goes frame by frame', async () => {
		const gate = new Gate();
		const steps: number[] = [];
		const lab = await createNodeLab('cpu', { gate });
		void gate.pause();
		const run = drive(toyAddress, toy, toyRun(), lab, {
			gate,
			onFrame: ({ frame }) => steps.push(frame.step),
		});
		for (const expected of [[0], [0, 10], [0, 10, 20]]) {
			await gate.pause();
			gate.step();
			await vi.waitUntil(() => steps.length === expected.length);
			await gate.pause();
			expect(steps).toEqual(expected);
		}
		gate.resume();
		expect((await run).report.steps).toBe(100);
	});

	it('stops when told to, and frees what the figure forgot', async () => {
		const forgetful: Figure = {
			...toy,
			async *frames(_, lab) {
				const session = await lab.open(oneWeight);
				for (;;) {
					await session.advance(10);
					yield { step: session.step, residual: 1 } as Frame;
				}
			},
		};
		const stop = new AbortController();
		const { signal } = stop;
		const device = await startTfjsWasm();
		const info = { lane: 'wasm', selfTestError: 0, renderer: '', notes: [] } as const;
		const lab = new LaneLab({ device, info }, { signal });
		const before = memory().numTensors;
		const onFrame = () => stop.abort();
		const run = drive(toyAddress, forgetful, toyRun(), lab, { signal, onFrame });
		await expect(run).rejects.toMatchObject({ name: 'AbortError' });
		expect(memory().numTensors).toBe(before);
	});

	it('says in one sentence what is wrong with a job', async () => {
		const lab = await createNodeLab('cpu');
		const open = (change: Partial<Job>) =>
			lab.open({
				...oneWeight,
				...change,
			});
		await expect(open({ x: Float64Array.of(1, 2, 3) })).rejects.toThrow(
			'Job: x must have shape [replicas, n, d], 1 numbers; it has 3.',
		);
		await expect(open({ weights: [] })).rejects.toThrow('one array per layer');
		await expect(open({ lossFactor: 0 })).rejects.toThrow('lossFactor must be positive');
	});
});

import { describe, expect, it, vi } from 'vitest';
import type { Job } from '#contract';
import { whyNotWebGL } from './choice.ts';
import { cpuDevice } from './cpu/kernel.ts';
import { Gate } from './gate.ts';
import type { Device, Kernel } from './kernel.ts';
import { LaneLab } from './lab.ts';
import { Lanes } from './lane.ts';
import { smallJob } from './selfTest.ts';
import { msPerStep, stepTimes } from './trial.ts';

const job = smallJob({ sizes: [2, 8, 1], samples: 9, activation: 'relu' });
/** Another shape in the same class. */
const like = smallJob({ sizes: [2, 9, 1], samples: 9, activation: 'relu' });
const large = smallJob({ sizes: [20, 1024, 1], samples: 100, activation: 'relu', replicas: 8 });

/** A device on a clock of its own, which computes rightly and takes as long as it is told. */
class TimedDevice implements Device {
	readonly sliceMs = 8;
	kernels = 0;
	held = 0;
	steps = 0;
	/** The trial's jobs are known by their object; those of a self-test take no time. */
	constructor(
		readonly lane: 'webgl' | 'wasm',
		readonly clock: { time: number },
		readonly ms: { readonly step: number; readonly compile?: number; readonly fence?: number },
		readonly renderer = 'a GPU',
	) {}
	readonly isLost = () => false;
	readonly kernel = (of: Job): Kernel => {
		const real = cpuDevice.kernel(of);
		if (![job, like, large].includes(of)) return real;
		this.kernels += 1;
		this.held += 1;
		let compiled = false;
		return {
			kernelsPerStep: null,
			steps: (k) => {
				if (!compiled) this.clock.time += this.ms.compile ?? 0;
				compiled = true;
				this.clock.time += k * this.ms.step;
				this.steps += k;
			},
			fence: () => {
				this.clock.time += this.ms.fence ?? 0;
				return Promise.resolve();
			},
			probe: (probe) => real.probe(probe),
			dispose: () => void (this.held -= 1),
		};
	};
}

const contest = (webgl: TimedDevice['ms'], wasm: TimedDevice['ms'], renderer?: string) => {
	const clock = { time: 0 };
	return {
		clock,
		now: () => clock.time,
		webgl: new TimedDevice('webgl', clock, webgl, renderer),
		wasm: new TimedDevice('wasm', clock, wasm),
	};
};

describe('a trial', () => {
	it('measures both lanes without what they compile, and frees what it held', async () => {
		const { webgl, wasm, now, clock } = contest({ step: 0.5, compile: 50 }, { step: 0.1 });
		const times = await stepTimes({ webgl, wasm }, job, { now });
		expect(times.webgl).toBeCloseTo(0.5, 9);
		expect(times.wasm).toBeCloseTo(0.1, 9);
		expect(clock.time).toBeLessThanOrEqual(150);
		expect([webgl.held, wasm.held]).toEqual([0, 0]);
	});

	it('does not take the wait for a device for the length of a step', async () => {
		const { webgl, now } = contest({ step: 0.01, fence: 2 }, { step: 1 });
		expect(await msPerStep(webgl, job, 110, { now })).toBeLessThan(0.02);
	});

	it('is not misled by a clock that ticks in milliseconds', async () => {
		const { wasm, clock } = contest({ step: 1 }, { step: 0.0007 });
		const ms = await msPerStep(wasm, job, 40, { now: () => Math.floor(clock.time) });
		expect(ms).toBeGreaterThan(0.0005);
		expect(ms).toBeLessThan(0.0009);
	});

	it.each([
		['nothing of a lane that compiles all the time', { step: 1, compile: 200 }, null],
		['one step of a lane that is done with it in time', { step: 45 }, 45],
	])('knows %s', async (_, ms, expected) => {
		const { webgl, now } = contest(ms, { step: 1 });
		const found = await msPerStep(webgl, job, 110, { now });
		if (expected === null) expect(found).toBeNull();
		else expect(found).toBeCloseTo(expected, 9);
	});

	it('is not misled by a machine that was busy when WASM began', async () => {
		const { webgl, wasm, now, clock } = contest({ step: 5 }, { step: 0.5 });
		const kernel = wasm.kernel;
		let stalls = 1;
		const stalled: Device = {
			...cpuDevice,
			kernel(of) {
				if (stalls-- > 0) clock.time += 60;
				return kernel(of);
			},
		};
		const times = await stepTimes({ webgl, wasm: stalled }, job, { now });
		expect(times.wasm).toBeCloseTo(0.5, 9);
		expect(whyNotWebGL(times)).toContain('10 times slower');
	});

	it('ends in its time where a device does not answer', async () => {
		let fences = 0;
		const stuck = (from: number): Device => ({
			...cpuDevice,
			kernel: (of) => ({
				...cpuDevice.kernel(of),
				kernelsPerStep: null,
				steps: () => undefined,
				fence: () => (fences++ < from ? Promise.resolve() : new Promise(() => undefined)),
				dispose: () => undefined,
			}),
		});
		const since = performance.now();
		expect(await msPerStep(stuck(0), job, 30)).toBeNull();
		fences = 0;
		const bound = await msPerStep(stuck(1), job, 30);
		expect(bound, 'it took all the time there was').toBeGreaterThan(15);
		expect(performance.now() - since).toBeLessThan(200);
	});

	it('tells a lane that fails from one that is lost', async () => {
		const failing = (lost: boolean): Device => ({
			...cpuDevice,
			isLost: () => lost,
			kernel() {
				throw new Error('no memory');
			},
		});
		expect(await msPerStep(failing(false), job, 30)).toBe(Infinity);
		expect(await msPerStep(failing(true), job, 30)).toBeNull();
	});

	it('leaves a job alone whose steps are too large to try', async () => {
		const { webgl, wasm, now } = contest({ step: 1 }, { step: 1 });
		expect(await stepTimes({ webgl, wasm }, large, { now })).toEqual({ webgl: null, wasm: null });
		expect(webgl.kernels + wasm.kernels).toBe(0);
	});

	it('is given up when somebody waits', async () => {
		const { webgl, wasm, now } = contest({ step: 1 }, { step: 1 });
		const isUnwanted = () => true;
		expect(await stepTimes({ webgl, wasm }, job, { now, isUnwanted })).toMatchObject({
			wasm: null,
		});
		expect(wasm.steps).toBe(1);
		expect([webgl.held, wasm.held]).toEqual([0, 0]);
	});
});

describe('the lane of an automatic run', () => {
	const lanesOf = ({ webgl, wasm, now }: ReturnType<typeof contest>, renderer?: string) =>
		new Lanes(
			{
				webgl: () => Promise.resolve(webgl),
				wasm: () => Promise.resolve(wasm),
				cpu: () => Promise.resolve(cpuDevice),
			},
			{ renderer: () => renderer ?? webgl.renderer, now },
		);

	it('moves to WASM where WebGL is far slower on the job, and does not ask again', async () => {
		const both = contest({ step: 5 }, { step: 0.5 });
		const lanes = lanesOf(both);
		const chosen = await lanes.choose();
		expect(chosen.info).toMatchObject({ lane: 'webgl', notes: [] });
		const notes = ['WebGL is 10 times slower than WASM on this network; training runs on WASM.'];
		const first = await lanes.suit(chosen, job, both);
		expect(first.info).toMatchObject({ lane: 'wasm', notes });
		expect(first.device).toBe(both.wasm);
		const again = await lanes.suit(await lanes.choose(), job, both);
		expect(again.info).toMatchObject({ lane: 'wasm', notes });
		expect([both.webgl.kernels, both.wasm.kernels]).toEqual([1, 1]);
	});

	it('stays on WebGL where that is not far slower, and does not ask again', async () => {
		const both = contest({ step: 1 }, { step: 0.5 });
		const lanes = lanesOf(both);
		const chosen = await lanes.choose();
		for (let run = 0; run < 2; run++) expect(await lanes.suit(chosen, job, both)).toBe(chosen);
		expect([both.webgl.kernels, both.wasm.kernels]).toEqual([1, 1]);
	});

	it('stays on WebGL after a trial that came to nothing, which is repeated', async () => {
		const both = contest({ step: 1, compile: 500 }, { step: 0.1 });
		const lanes = lanesOf(both);
		const chosen = await lanes.choose();
		for (const each of [job, like]) expect(await lanes.suit(chosen, each, both)).toBe(chosen);
		expect(both.webgl.kernels).toBe(2);
	});

	it('moves to WASM at the second trial where a step takes longer than a trial', async () => {
		const both = contest({ step: 120 }, { step: 0.5 });
		const lanes = lanesOf(both);
		const chosen = await lanes.choose();
		expect(await lanes.suit(chosen, job, both)).toBe(chosen);
		expect(await lanes.suit(chosen, like, both), 'another shape compiles anew').toBe(chosen);
		expect((await lanes.suit(chosen, job, both)).info.lane).toBe('wasm');
	});

	it('is WASM at once where WebGL is drawn in software, which is then not even started', async () => {
		let started = 0;
		const both = contest({ step: 1 }, { step: 1 });
		const lanes = new Lanes(
			{
				webgl: () => (started++, Promise.resolve(both.webgl)),
				wasm: () => Promise.resolve(both.wasm),
				cpu: () => Promise.resolve(cpuDevice),
			},
			{ renderer: () => 'Google SwiftShader' },
		);
		const chosen = await lanes.choose();
		expect(chosen.info).toMatchObject({
			lane: 'wasm',
			notes: ['WebGL is drawn in software here; training runs on WASM.'],
		});
		expect(await lanes.suit(chosen, job, both)).toBe(chosen);
		expect(started).toBe(0);
		expect((await lanes.choose('webgl')).info).toMatchObject({ lane: 'webgl', notes: [] });
	});

	it('is WebGL in software where WASM is missing', async () => {
		const { webgl } = contest({ step: 1 }, { step: 1 });
		const lanes = new Lanes(
			{ webgl: () => Promise.resolve(webgl), cpu: () => Promise.resolve(cpuDevice) },
			{ renderer: () => 'llvmpipe' },
		);
		const chosen = await lanes.choose();
		expect(chosen.info).toMatchObject({ lane: 'webgl', notes: [] });
		expect(await lanes.suit(chosen, job)).toBe(chosen);
	});

	it('is asked for once per run, before its first network is laid out', async () => {
		const both = contest({ step: 5 }, { step: 0.5 });
		const lanes = lanesOf(both);
		const suit = vi.spyOn(lanes, 'suit');
		const lab = new LaneLab(await lanes.choose(), { lanes, automatic: true });
		const sessions = await Promise.all([lab.open(job), lab.open(job)]);
		expect(suit.mock.calls.map(([{ info }]) => info.lane)).toEqual(['webgl']);
		for (const { info } of [lab, ...sessions]) expect(info.lane).toBe('wasm');
		lab.dispose();
		expect([both.webgl.held, both.wasm.held]).toEqual([0, 0]);
	});

	it('waits for nothing while the run is paused', async () => {
		const both = contest({ step: 5 }, { step: 0.5 });
		const lanes = lanesOf(both);
		const gate = new Gate();
		void gate.pause();
		const lab = new LaneLab(await lanes.choose(), { gate, lanes, automatic: true });
		await lab.open(job);
		expect(both.wasm.steps, 'only the first, before anyone could ask').toBe(1);
		expect(both.webgl.steps).toBe(0);
		lab.dispose();
	});
});

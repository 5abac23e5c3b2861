import { describe, expect, it } from 'vitest';
import type { Job, LaneInfo, Probe } from '#contract';
import { cpuDevice } from './cpu/kernel.ts';
import { Gate } from './gate.ts';
import type { Checkpoint, Device, Kernel } from './kernel.ts';
import { smallJob } from './selfTest.ts';
import { SlicedSession, type Place } from './session.ts';
import { sleep } from './timing.ts';

const anyJob = smallJob({ sizes: [1, 1], samples: 1, activation: 'linear' });
const info: LaneInfo = { lane: 'cpu', selfTestError: 0, renderer: '', notes: [] };

/** A device whose steps take a fixed time on a clock of its own, and whose fences are opened by hand. */
class SlowKernel implements Kernel {
	readonly kernelsPerStep = null;
	readonly slices: number[] = [];
	#work = Promise.resolve();
	inFlight = 0;
	most = 0;
	clock = 0;
	constructor(
		readonly msPerStep: number,
		readonly fenceMs = 1,
	) {}
	steps(k: number): void {
		this.slices.push(k);
		this.clock += k * this.msPerStep;
		this.inFlight += 1;
		this.most = Math.max(this.most, this.inFlight);
	}
	/** One slice after the other, as a device works. */
	fence(): Promise<void> {
		this.#work = this.#work.then(async () => {
			await sleep(this.fenceMs);
			this.inFlight -= 1;
		});
		return this.#work;
	}
	probe(): Promise<Float64Array> {
		return Promise.resolve(Float64Array.of(this.inFlight));
	}
	dispose(): void {
		this.inFlight = 0;
	}
}

/** A place with one device, which makes one kernel. */
function placeOf(kernel: Kernel, sliceMs: number): Place {
	const device = { ...cpuDevice, sliceMs, kernel: () => kernel };
	return { lane: () => ({ device, info }) };
}

function sessionOn(kernel: Kernel, clock?: () => number) {
	const gate = new Gate();
	const stop = new AbortController();
	const pace = { gate, signal: stop.signal, ...(clock && { now: clock }) };
	return { session: new SlicedSession(anyJob, placeOf(kernel, 8), pace), gate, stop };
}

describe('a session', () => {
	it('takes exactly the steps it is asked for, whatever the slices', async () => {
		const job = smallJob({ sizes: [3, 5, 1], samples: 7, activation: 'tanh' });
		const outputs: Probe = { kind: 'outputs' };
		const whole = cpuDevice.kernel(job);
		whole.steps(137);
		const expected = await whole.probe(outputs);
		for (const parts of [[137], [1, 136], [100, 0, 37], Array<number>(137).fill(1)]) {
			for (const sliceMs of [0.01, 8, 1000]) {
				const pace = { gate: new Gate(), signal: new AbortController().signal };
				const place = placeOf(cpuDevice.kernel(job), sliceMs);
				const session = new SlicedSession(job, place, pace);
				for (const part of parts) await session.advance(part);
				expect(session.step).toBe(137);
				expect(await session.probe(outputs)).toEqual(expected);
			}
		}
	});

	it('finds slices as long as its budget', async () => {
		const kernel = new SlowKernel(0.5);
		const { session } = sessionOn(kernel, () => kernel.clock);
		await session.advance(200);
		expect(kernel.slices.slice(0, 5)).toEqual([1, 2, 4, 8, 16]);
		expect(kernel.slices.reduce((a, b) => a + b)).toBe(200);
		expect(Math.max(...kernel.slices.slice(5))).toBeLessThanOrEqual(16);
	});

	it('never runs ahead of the device by more than two slices', async () => {
		const kernel = new SlowKernel(0.5);
		const { session } = sessionOn(kernel);
		await session.advance(500);
		expect(kernel.most).toBe(2);
		const [inFlight] = await session.probe({ kind: 'outputs' });
		expect(inFlight, 'a probe waits for the device').toBe(0);
	});

	it('pauses between slices with nothing in flight', async () => {
		const kernel = new SlowKernel(1, 20);
		const { session, gate } = sessionOn(kernel, () => kernel.clock);
		const training = session.advance(100_000);
		await sleep(50);
		await gate.pause();
		expect(kernel.inFlight).toBe(0);
		const { step } = session;
		await sleep(10);
		expect(session.step).toBe(step);
		expect(step).toBeLessThan(100_000);
		gate.resume();
		await sleep(50);
		expect(session.step).toBeGreaterThan(step);
		void gate.pause();
		training.catch(() => undefined);
	});

	it('stops within 100 ms, running or paused', async () => {
		const job = smallJob({ sizes: [3, 300, 1], samples: 16, activation: 'relu', replicas: 4 });
		for (const paused of [false, true]) {
			const { session, gate, stop } = sessionOn(cpuDevice.kernel(job));
			const training = session.advance(10_000_000);
			await sleep(60);
			if (paused) await gate.pause();
			const since = performance.now();
			stop.abort();
			await expect(training).rejects.toMatchObject({ name: 'AbortError' });
			expect(performance.now() - since).toBeLessThan(100);
			await expect(session.probe({ kind: 'outputs' })).rejects.toMatchObject({
				name: 'AbortError',
			});
		}
	});

	it('passes on that the device is lost', async () => {
		const kernel = new SlowKernel(1);
		kernel.fence = () => Promise.reject(new Error('lost'));
		await expect(sessionOn(kernel).session.advance(10)).rejects.toThrow('lost');
	});

	it.each([true, false])(
		'goes on elsewhere as if nothing had happened, checkpoints: %s',
		async (checkpoints) => {
			const job = smallJob({ sizes: [3, 5, 1], samples: 7, activation: 'tanh' });
			const outputs: Probe = { kind: 'outputs' };
			const whole = cpuDevice.kernel(job);
			whole.steps(100);
			let clock = 0;
			let replayed = 0;
			let lost = false;
			/** A kernel whose state is the number of its steps, until the device is lost. */
			const counting = (): Kernel => {
				let steps = 0;
				const alive = () => (lost ? Promise.reject(new Error('lost')) : Promise.resolve());
				return {
					kernelsPerStep: null,
					steps(k) {
						clock += 400 * k;
						steps += k;
						replayed += k;
					},
					fence: alive,
					async probe(probe) {
						await alive();
						const kernel = cpuDevice.kernel(job);
						kernel.steps(steps);
						return kernel.probe(probe);
					},
					...(checkpoints && {
						checkpoint: () => alive().then(() => ({ steps, layers: [] })),
						restore: (from: Checkpoint) => void (steps = from.steps),
					}),
					dispose: () => undefined,
				};
			};
			const deviceNow = (): Device => ({ ...cpuDevice, isLost: () => lost, kernel: counting });
			let device = deviceNow();
			const place: Place = {
				lane: () => ({ device, info }),
				replace() {
					lost = false;
					device = { ...cpuDevice, kernel: counting };
					return Promise.resolve({ device, info });
				},
			};
			const pace = { gate: new Gate(), signal: new AbortController().signal, now: () => clock };
			const session = new SlicedSession(job, place, pace);
			await session.advance(60);
			lost = true;
			await session.advance(40);
			expect(session.step).toBe(100);
			expect(await session.probe(outputs)).toEqual(await whole.probe(outputs));
			const twice = replayed - 100;
			if (checkpoints) expect(twice).toBeLessThan(10);
			else expect(twice).toBeGreaterThanOrEqual(60);
		},
	);
});

describe('a session that goes back', () => {
	const job = smallJob({ sizes: [3, 5, 1], samples: 7, activation: 'tanh' });
	const outputs: Probe = { kind: 'outputs' };
	/** Steps and a clock that takes a checkpoint every 25 of them. */
	const counted = () => {
		let steps = 0;
		const kernel = (of: Job): Kernel => {
			const real = cpuDevice.kernel(of);
			const take = real.steps.bind(real);
			return Object.assign(real, { steps: (k: number) => ((steps += k), take(k)) });
		};
		const device = { ...cpuDevice, sliceMs: 0.01, kernel };
		const place: Place = { lane: () => ({ device, info }) };
		const pace = { gate: new Gate(), signal: new AbortController().signal, now: () => 40 * steps };
		return { session: new SlicedSession(job, place, pace), taken: () => steps };
	};

	it('is where it was, bit for bit, and replays from the nearest checkpoint', async () => {
		const { session, taken } = counted();
		const seen = new Map<number, Float64Array>();
		for (let t = 0; t <= 200; t += 10) {
			await session.seek(t);
			seen.set(t, await session.probe(outputs));
		}
		for (const t of [150, 60, 10, 0, 110, 200]) {
			const before = taken();
			await session.seek(t);
			expect(session.step).toBe(t);
			expect(await session.probe(outputs), `step ${t}`).toEqual(seen.get(t));
			expect(taken() - before, `replayed for ${t}`).toBeLessThanOrEqual(90);
		}
		await expect(session.seek(-1)).rejects.toThrow('seek takes a step from 0 on, not -1');
	});

	it('replays a change of the step size where it was made', async () => {
		const { session } = counted();
		await session.advance(40);
		session.setStepSize(0.1);
		await session.advance(37);
		session.scaleStepSize(2);
		await session.advance(43);
		const whole = cpuDevice.kernel(job);
		const sizes = (size: number) => new Float64Array(job.replicas).fill(size);
		whole.steps(40);
		whole.setStepSizes!(sizes(0.1));
		whole.steps(37);
		whole.setStepSizes!(sizes(0.2));
		whole.steps(43);
		const end = await whole.probe(outputs);
		expect(await session.probe(outputs)).toEqual(end);
		for (const back of [100, 60, 20]) {
			await session.seek(back);
			await session.seek(120);
			expect(await session.probe(outputs), `from ${back}`).toEqual(end);
		}
		expect(session.stepSizes).toEqual(sizes(0.2));
	});

	it('takes a change of the step size at an earlier step for the beginning of another path', async () => {
		const { session } = counted();
		await session.advance(100);
		await session.seek(50);
		session.setStepSize(0.05);
		await session.seek(100);
		const whole = cpuDevice.kernel(job);
		whole.steps(50);
		whole.setStepSizes!(new Float64Array(job.replicas).fill(0.05));
		whole.steps(50);
		expect(await session.probe(outputs)).toEqual(await whole.probe(outputs));
		expect(() => session.setStepSize(0)).toThrow('A step size is a positive number');
		expect(() => session.setStepSize([0.1])).toThrow('or 2 of them');
	});

	it('moves to another kernel at the end of a slice, as if nothing had happened', async () => {
		const { session } = counted();
		await session.advance(60);
		session.setStepSize(0.1);
		const next = cpuDevice.kernel(job);
		next.steps(1);
		const moving = session.move(cpuDevice, next);
		await session.advance(60);
		expect(await moving).toBe(true);
		const whole = cpuDevice.kernel(job);
		whole.steps(60);
		whole.setStepSizes!(new Float64Array(job.replicas).fill(0.1));
		whole.steps(60);
		expect(await session.probe(outputs)).toEqual(await whole.probe(outputs));
	});

	it('stays where the other kernel cannot take over', async () => {
		const { session } = counted();
		let held = 1;
		const broken: Kernel = {
			...new SlowKernel(1),
			fence: () => Promise.resolve(),
			steps: () => undefined,
			probe: () => Promise.reject(new Error('no kernel')),
			restore: () => {
				throw new Error('no memory');
			},
			dispose: () => void (held -= 1),
		};
		const moving = session.move(cpuDevice, broken);
		await session.advance(50);
		expect(await moving).toBe(false);
		expect([held, (await session.probe(outputs)).every(Number.isFinite)]).toEqual([0, true]);
		const late = session.move(cpuDevice, { ...broken, dispose: () => undefined });
		session.dispose();
		expect(await late).toBe(false);
	});
});

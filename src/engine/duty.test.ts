import { describe, expect, it } from 'vitest';
import { cpuDevice } from './cpu/kernel.ts';
import { Duty, dutyFor, type Clock } from './duty.ts';
import { Gate } from './gate.ts';
import type { Kernel } from './kernel.ts';
import { smallJob } from './selfTest.ts';
import { SlicedSession } from './session.ts';

const anyJob = smallJob({ sizes: [1, 1], samples: 1, activation: 'linear' });

/** A clock that moves only when something works or sleeps; its timers come `late` milliseconds late. */
class FakeClock implements Clock {
	time = 0;
	slept = 0;
	readonly rests: number[] = [];
	constructor(readonly late = 0) {}
	now(): number {
		return this.time;
	}
	sleep(ms: number): Promise<void> {
		this.rests.push(ms);
		this.time += ms + this.late;
		this.slept += ms + this.late;
		return Promise.resolve();
	}
}

it.each([
	[1, 0.7],
	[2, 0.7],
	[3, 1],
	[16, 1],
	[undefined, 1],
])('on %s cores training may take %d of the time', (cores, share) => {
	expect(dutyFor(cores)).toBe(share);
});

describe('a duty', () => {
	it.each([
		[8, 0],
		[12, 1.5],
		[0.3, 0],
		[0.3, 5],
	])('of 70 %% holds for slices of %d ms and timers %d ms late', async (slice, late) => {
		const clock = new FakeClock(late);
		const duty = new Duty(0.7, clock);
		for (let i = 0; i < 1000; i++) {
			clock.time += slice;
			await duty.worked(slice);
		}
		expect((1000 * slice) / clock.time).toBeGreaterThan(0.68);
		expect((1000 * slice) / clock.time).toBeLessThan(0.72);
		expect(Math.min(...clock.rests), 'worth a timer').toBeGreaterThanOrEqual(4);
	});

	it('never rests so long that a stop is not heard', async () => {
		const clock = new FakeClock();
		await new Duty(0.7, clock).worked(5000);
		expect(clock.slept).toBe(50);
	});

	it('of all the time takes no rest', async () => {
		const clock = new FakeClock();
		await new Duty(1, clock).worked(5000);
		expect(clock.slept).toBe(0);
	});
});

it('a session rests between slices, with nothing left in flight', async () => {
	const clock = new FakeClock();
	let inFlight = 0;
	let leftInFlight = 0;
	const steps = (k: number) => {
		clock.time += k;
		inFlight += 1;
	};
	const fence = () => Promise.resolve().then(() => void (inFlight -= 1));
	const kernel: Kernel = { ...cpuDevice.kernel(anyJob), kernelsPerStep: null, steps, fence };
	const device = { ...cpuDevice, sliceMs: 8, kernel: () => kernel };
	const info = { lane: 'cpu', selfTestError: 0, renderer: '', notes: [] } as const;
	const resting: Clock = {
		now: () => clock.now(),
		sleep(ms) {
			leftInFlight = Math.max(leftInFlight, inFlight);
			return clock.sleep(ms);
		},
	};
	const session = new SlicedSession(
		anyJob,
		{ lane: () => ({ device, info }) },
		{
			gate: new Gate(),
			signal: new AbortController().signal,
			now: () => clock.now(),
			duty: new Duty(0.7, resting),
		},
	);
	await session.advance(1000);
	expect(clock.time - clock.slept).toBe(1000);
	expect(1000 / clock.time).toBeCloseTo(0.7, 2);
	expect(leftInFlight).toBe(0);
});

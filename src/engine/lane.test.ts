import { describe, expect, it } from 'vitest';
import type { Job, Lane } from '#contract';
import { workloadOf } from './choice.ts';
import { cpuDevice } from './cpu/kernel.ts';
import type { Decisions } from './decisions.ts';
import { LaneError, type Device, type Starter } from './kernel.ts';
import { LaneLab } from './lab.ts';
import { Lanes, type Starters } from './lane.ts';
import { smallJob } from './selfTest.ts';

/** The reference, with every answer off by a relative error. */
function wrongBy(error: number): Device {
	return {
		...cpuDevice,
		kernel(job) {
			const kernel = cpuDevice.kernel(job);
			return {
				kernelsPerStep: null,
				steps: (k) => kernel.steps(k),
				fence: () => kernel.fence(),
				probe: async (probe) => (await kernel.probe(probe)).map((v) => v * (1 + error)),
				dispose: () => kernel.dispose(),
			};
		},
	};
}

const absent = () => Promise.reject(new LaneError('WebGL is not available in this browser'));
const cpu = () => Promise.resolve(cpuDevice);
const choose = async (starters: Starters, wanted?: 'webgl' | 'wasm' | 'cpu') =>
	(await new Lanes(starters).choose(wanted)).info;

describe('the choice of a lane', () => {
	it('takes the first that is there, with a note for each passed over', async () => {
		const info = await choose({ webgl: absent, wasm: () => Promise.resolve(wrongBy(1e-7)), cpu });
		expect(info.lane).toBe('wasm');
		expect(info.notes).toEqual(['WebGL is not available in this browser; training runs on WASM.']);
		expect(info.selfTestError).toBeGreaterThan(1e-8);
	});

	it.each([1e-4, NaN])('refuses a lane whose self-test is off by %d', async (error) => {
		const info = await choose({ webgl: () => Promise.resolve(wrongBy(error)), cpu });
		expect(info.lane).toBe('cpu');
		expect(info.notes).toEqual([
			'WebGL computes wrong numbers on this device; training runs on plain TypeScript.',
		]);
	});

	it('follows the reader’s choice', async () => {
		const wasm = () => Promise.resolve(wrongBy(0));
		expect(await choose({ webgl: wasm, wasm, cpu }, 'cpu')).toMatchObject({
			lane: 'cpu',
			notes: [],
		});
	});

	it('starts and tests each lane once', async () => {
		let starts = 0;
		const lanes = new Lanes({ cpu: () => (starts++, cpu()) });
		await Promise.all([lanes.choose(), lanes.choose('cpu')]);
		expect(starts).toBe(1);
	});
});

describe('a lane that is taken away', () => {
	function losable() {
		const devices: { device: Device; lose: () => void }[] = [];
		const start = () => {
			let lost = false;
			const device: Device = { ...cpuDevice, lane: 'webgl', isLost: () => lost };
			devices.push({ device, lose: () => (lost = true) });
			return Promise.resolve(device);
		};
		return { devices, start };
	}

	it('is started again, once for all who ask, and passed over if lost again within a minute', async () => {
		let now = 0;
		const { devices, start } = losable();
		const lanes = new Lanes({ webgl: start, cpu }, { now: () => now });
		const first = (await lanes.choose()).device;
		devices[0]!.lose();
		const [second, same] = await Promise.all([lanes.replace(first), lanes.replace(first)]);
		expect(second.device).toBe(devices[1]!.device);
		expect(same.device).toBe(second.device);
		expect(devices.length).toBe(2);
		expect(second.info.notes).toEqual([
			'WebGL was taken away by the browser and started again; training went on from the last checkpoint.',
		]);
		expect((await lanes.choose()).info.notes, 'the next run knows nothing of it').toEqual([]);

		now = 59_000;
		devices[1]!.lose();
		const third = await lanes.replace(second.device);
		expect(third.info).toMatchObject({
			lane: 'cpu',
			notes: ['WebGL was taken away by the browser; training runs on plain TypeScript.'],
		});

		now = 61_000;
		expect((await lanes.choose()).info.lane).toBe('webgl');
		expect(devices.length).toBe(3);
	});
});

describe('a run that begins while WebGL is cold', () => {
	const job = smallJob({ sizes: [2, 8, 1], samples: 9, activation: 'relu' });
	const alone = <T>(trial: () => Promise<T>) => trial();
	/** A lane that takes so long for a step of the job, on a clock of its own. */
	function timed(lane: Lane, ms: number, clock: { time: number }): Device {
		return {
			...cpuDevice,
			lane,
			renderer: 'a GPU',
			kernel(of) {
				const kernel = cpuDevice.kernel(of);
				const real = kernel.steps.bind(kernel);
				return Object.assign(kernel, {
					steps(k: number) {
						if (of === job) clock.time += k * ms;
						real(k);
					},
				});
			},
		};
	}
	function lanesWith(ms: { webgl: number; wasm: number }, webgl?: Starter) {
		const clock = { time: 0 };
		const told: Decisions[] = [];
		let started = 0;
		const lanes = new Lanes(
			{
				webgl: () => (
					started++,
					(webgl ?? (() => Promise.resolve(timed('webgl', ms.webgl, clock))))()
				),
				wasm: () => Promise.resolve(timed('wasm', ms.wasm, clock)),
				cpu,
			},
			{ renderer: () => 'a GPU', now: () => clock.time, onDecided: (d) => told.push(d) },
		);
		return { lanes, told, started: () => started };
	}

	it('begins on WASM, and goes on on WebGL where that is fast enough', async () => {
		const { lanes, told, started } = lanesWith({ webgl: 0.1, wasm: 0.5 });
		const begun = await lanes.first();
		expect([begun.info.lane, started()]).toEqual(['wasm', 0]);
		const next = await lanes.later(begun, job, { alone });
		expect(next?.info).toMatchObject({ lane: 'webgl', notes: [] });
		expect(told).toEqual([{ renderer: 'a GPU', why: { [workloadOf(job)]: null } }]);
		const second = await lanes.first();
		expect(second.info.lane, 'warm by now').toBe('webgl');
		expect(lanes.later(second, job, { alone })).toBeNull();
	});

	it('stays on WASM where that is faster, remembers it, and then does not even start WebGL', async () => {
		const { lanes, told } = lanesWith({ webgl: 5, wasm: 0.5 });
		const begun = await lanes.first();
		const notes = ['WebGL is 10 times slower than WASM on this network; training runs on WASM.'];
		const stays = await lanes.later(begun, job, { alone });
		expect(stays).toMatchObject({ device: begun.device, info: { lane: 'wasm', notes } });

		const nextVisit = lanesWith({ webgl: 5, wasm: 0.5 });
		nextVisit.lanes.recall(told.at(-1)!);
		const again = await nextVisit.lanes.first();
		expect((await nextVisit.lanes.later(again, job, { alone }))?.info.notes).toEqual(notes);
		expect(nextVisit.started()).toBe(0);
	});

	it('believes nothing that was decided on another device', async () => {
		const { lanes, told, started } = lanesWith({ webgl: 0.1, wasm: 0.5 });
		lanes.recall({ renderer: 'another GPU', why: { [workloadOf(job)]: 'WebGL is slow' } });
		expect(told, 'and has it forgotten').toEqual([{ renderer: 'a GPU', why: {} }]);
		const next = await lanes.later(await lanes.first(), job, { alone });
		expect([next?.info.lane, started()]).toEqual(['webgl', 1]);
	});

	it('forgets what was decided when WebGL fails its self-test', async () => {
		const { lanes, told } = lanesWith({ webgl: 1, wasm: 1 }, () => Promise.resolve(wrongBy(1e-3)));
		lanes.recall({ renderer: 'a GPU', why: { [workloadOf(job)]: null } });
		const stays = await lanes.later(await lanes.first(), job, { alone });
		expect(stays?.info).toMatchObject({
			lane: 'wasm',
			notes: ['WebGL computes wrong numbers on this device; training runs on WASM.'],
		});
		expect(told.at(-1)).toEqual({ renderer: 'a GPU', why: {} });
	});

	it('stays on WASM after a trial that came to nothing', async () => {
		const { lanes, told } = lanesWith({ webgl: 0.1, wasm: 1 });
		const begun = await lanes.first();
		let isUnwanted = false;
		const options = {
			isUnwanted: () => isUnwanted,
			alone: <T>(trial: () => Promise<T>) => ((isUnwanted = true), trial()),
		};
		expect(await lanes.later(begun, job, options)).toBe(begun);
		expect(told).toEqual([]);
	});

	it('stays on WASM where WebGL cannot compile the network', async () => {
		const broken: Device = {
			...cpuDevice,
			lane: 'webgl',
			kernel(of) {
				if (of === job) throw new Error('Failed to compile fragment shader.');
				return cpuDevice.kernel(of);
			},
		};
		const { lanes } = lanesWith({ webgl: 1, wasm: 1 }, () => Promise.resolve(broken));
		const stays = await lanes.later(await lanes.first(), job, { alone });
		expect(stays?.info.notes).toEqual([
			'WebGL could not train this network; training runs on WASM.',
		]);
	});

	it('moves all sessions of a lab, which says from which step', async () => {
		const { lanes } = lanesWith({ webgl: 0.1, wasm: 0.5 });
		let told = 0;
		const onLane = () => void told++;
		const lab = new LaneLab(await lanes.first(), { lanes, automatic: true, onLane });
		const sessions = [await lab.open(job), await lab.open(job)];
		const whole = cpuDevice.kernel(job);
		while (sessions.some(({ info }) => info.lane === 'wasm'))
			for (const session of sessions) await session.advance(1);
		for (const session of sessions) await session.advance(50);
		const { before, notes } = lab.info;
		expect(before?.lane).toBe('wasm');
		expect(before!.until).toBeLessThan(sessions[0]!.step);
		expect(notes.at(-1)).toContain('to within 10⁻⁵, not to the last bit');
		expect(told).toBe(1);
		whole.steps(sessions[0]!.step);
		expect(await sessions[0]!.probe({ kind: 'outputs' })).toEqual(
			await whole.probe({ kind: 'outputs' }),
		);
		lab.dispose();
	});

	it('takes a job in float64 elsewhere', async () => {
		const { lanes } = lanesWith({ webgl: 0.1, wasm: 0.5 });
		const lab = new LaneLab(await lanes.choose('webgl'), { lanes });
		const session = await lab.open({ ...job, precision: 'float64' });
		expect(session.info).toMatchObject({
			lane: 'wasm',
			notes: ['This network needs float64, which WebGL does not have; training runs on WASM.'],
		});
		lab.dispose();
	});

	it('takes a job in float64 to the reference where WASM is wrong in float64', async () => {
		const wasm = {
			...cpuDevice,
			kernel: (given: Job) => wrongBy(given.precision ? 1e-8 : 0).kernel(given),
		};
		const lanes = new Lanes({ cpu, wasm: () => Promise.resolve(wasm) });
		const lab = new LaneLab(await lanes.choose('wasm'), { lanes });
		expect(lab.info.lane).toBe('wasm');
		const session = await lab.open({ ...job, precision: 'float64' });
		expect(session.info).toMatchObject({
			lane: 'cpu',
			notes: ['WASM computes wrong numbers in float64 here; training runs on plain TypeScript.'],
		});
		lab.dispose();
	});
});

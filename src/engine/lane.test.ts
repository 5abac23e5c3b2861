import { describe, expect, it } from 'vitest';
import { cpuDevice } from './cpu/kernel.ts';
import { LaneError, type Device } from './kernel.ts';
import { Lanes, type Starters } from './lane.ts';

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

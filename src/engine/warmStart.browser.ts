import { env } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Device } from './kernel.ts';
import type { Job, LaneInfo } from '#contract';
import { browserLanes } from './browser.ts';
import { Gate } from './gate.ts';
import { allowedError, relativeError, smallJob } from './selfTest.ts';
import { SlicedSession } from './session.ts';

afterEach(() => vi.restoreAllMocks());

const info: LaneInfo = { lane: 'wasm', selfTestError: 0, renderer: '', notes: [] };
const adam = { kind: 'adam', stepSize: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
const jobs: [string, Job][] = [
	['fused', smallJob({ sizes: [3, 20, 1], samples: 9, activation: 'relu' })],
	['fused, many inputs', smallJob({ sizes: [6, 20, 1], samples: 9, activation: 'tanh' })],
	[
		'stock, with the memory of Adam',
		{ ...smallJob({ sizes: [3, 5, 3, 1], samples: 9, activation: 'tanh' }), optimiser: adam },
	],
];

/** The outputs every ten steps; at step 60 the session moves to `to`. */
async function curve(job: Job, from: Device, to: Device): Promise<Float64Array[]> {
	const place = { lane: () => ({ device: from, info }) };
	const pace = { gate: new Gate(), signal: new AbortController().signal };
	const session = new SlicedSession(job, place, pace);
	const outputs: Float64Array[] = [];
	let moving: Promise<boolean> | null = null;
	for (let t = 0; t <= 120; t += 10) {
		if (t === 70 && to !== from) {
			const kernel = to.kernel(job);
			kernel.steps(1);
			await kernel.fence();
			moving = session.move(to, kernel);
		}
		await session.advance(t - session.step);
		outputs.push(await session.probe({ kind: 'outputs' }));
	}
	if (moving) expect(await moving).toBe(true);
	session.dispose();
	return outputs;
}

describe('a warm start', () => {
	it.each(jobs)('joins the curves of both lanes without a jump: %s', async (_, job) => {
		const lanes = browserLanes();
		const wasm = (await lanes.choose('wasm')).device;
		const webgl = (await lanes.choose('webgl')).device;
		expect([wasm.lane, webgl.lane]).toEqual(['wasm', 'webgl']);
		const joined = await curve(job, wasm, webgl);
		for (const device of [wasm, webgl]) {
			const whole = await curve(job, device, device);
			for (const [i, outputs] of joined.entries())
				expect(relativeError(outputs, whole[i]!), `${device.lane}, step ${10 * i}`).toBeLessThan(
					allowedError,
				);
		}
	});
});

describe('a device with half floats', () => {
	/** Forces tfjs to keep numbers in 16 bits, whatever the lane sets. */
	function forceHalfFloats(): void {
		const flags = env();
		const set = flags.set.bind(flags);
		vi.spyOn(flags, 'set').mockImplementation((flag, value) =>
			set(flag, flag === 'WEBGL_FORCE_F16_TEXTURES' ? true : value),
		);
		flags.reset();
	}

	it('is refused for what it says of itself', async () => {
		forceHalfFloats();
		const { lane, notes } = (await browserLanes().choose('webgl')).info;
		expect(lane).toBe('wasm');
		expect(notes).toEqual([
			'WebGL computes with too few digits on this device; training runs on WASM.',
		]);
	});

	it('is refused by the self-test where it says nothing', async () => {
		forceHalfFloats();
		const flags = env();
		const read = flags.getBool.bind(flags);
		let asked = 0;
		vi.spyOn(flags, 'getBool').mockImplementation((flag) =>
			flag === 'WEBGL_RENDER_FLOAT32_ENABLED' && asked++ === 0 ? true : read(flag),
		);
		const { lane, notes } = (await browserLanes().choose('webgl')).info;
		expect(lane).toBe('wasm');
		expect(notes).toEqual(['WebGL computes wrong numbers on this device; training runs on WASM.']);
	});
});

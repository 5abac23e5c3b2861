import { expect, it } from 'vitest';
import type { LaneInfo } from '#contract';
import { bytesOf } from './budget.ts';
import { cpuDevice } from './cpu/kernel.ts';
import { LaneLab } from './lab.ts';
import { smallJob } from './selfTest.ts';

const info: LaneInfo = { lane: 'cpu', selfTestError: 0, renderer: '', notes: [] };
const small = smallJob({ sizes: [2, 3, 1], samples: 5, activation: 'relu' });

it('counts weights, data and activations', () => {
	expect(bytesOf(small)).toBe(8 * 2 * (3 * 9 + 2 * 5 * 3 + 5 * 6));
});

it('refuses a job that cannot fit, with its size and what is allowed', async () => {
	const lab = new LaneLab({ device: cpuDevice, info });
	await expect(lab.open(small)).resolves.toBeDefined();
	// 40,000 units on 10,000 samples in each of two replicas, claimed only: nothing of it is allocated.
	const network = { ...small.network, sizes: [2, 40_000, 1] };
	const large = { ...small, network, y: { length: 20_000 } as Float64Array };
	await expect(lab.open(large)).rejects.toThrow(
		'This run would hold 6 GB of memory at once, and 1 GB is allowed; choose a smaller network, fewer samples or fewer seeds.',
	);
	lab.dispose();
});

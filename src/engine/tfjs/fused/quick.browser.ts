import { beforeAll, expect, it } from 'vitest';
import type { Activation, Job, Optimiser } from '#contract';
import { cpuDevice } from '../../cpu/kernel.ts';
import type { Device } from '../../kernel.ts';
import { allowedError, relativeError, smallJob } from '../../selfTest.ts';
import { start } from '../webgl.ts';
let device: Device;
beforeAll(async () => {
	device = await start();
});
const gd: Optimiser = { kind: 'gd', stepSize: [0.02, 0.03] };
const mom: Optimiser = { kind: 'momentum', stepSize: [0.005, 0.002], momentum: 0.9 };
const adam: Optimiser = {
	kind: 'adam',
	stepSize: [0.01, 0.02],
	beta1: 0.9,
	beta2: 0.999,
	epsilon: 1e-7,
};
const cases: [number[], Activation, Optimiser, boolean][] = [
	[[2, 7, 1], 'relu', gd, false],
	[[2, 3, 2, 1], 'softplus', mom, true],
	[[3, 1], 'linear', gd, true],
	[[2, 30, 1], 'erf', adam, true],
	[[3, 30, 1], 'relu', mom, false],
	[[5, 1], 'linear', adam, true],
	[[5, 9, 1], 'tanh', gd, false],
	[[6, 7, 5, 1], 'softplus', adam, true],
	[[3, 9, 4, 6, 1], 'erf', mom, true],
	[[4, 5, 5, 5, 5, 5, 5, 1], 'tanh', gd, true],
];
it.each(cases)('%j %s %j %s', async (sizes, activation, optimiser, biases) => {
	const job: Job = {
		...smallJob({ sizes, samples: 9, activation, biases }),
		optimiser,
		...(biases && { batch: 3, schedule: [1, 0.5, 0.25, 0.75] }),
	};
	const kernels = [device.kernel(job), cpuDevice.kernel(job)] as const;
	const errors: string[] = [];
	for (const kernel of kernels) {
		kernel.steps(1);
		kernel.setStepSizes!(Float64Array.of(0.01, 0.02));
		kernel.steps(100);
	}
	const [ours, reference] = kernels;
	for (const kind of ['outputs', 'loss', 'travel', 'weights', 'tangentKernel'] as const) {
		const error = relativeError(await ours.probe({ kind }), await reference.probe({ kind }));
		errors.push(`${kind} ${error.toExponential(1)}`);
		if (kind === 'outputs')
			console.log(
				sizes.join('-'),
				activation,
				optimiser.kind,
				(ours as never as { way: string }).way,
				ours.kernelsPerStep,
				errors.join(' '),
			);
		expect(error, errors.join(' ')).toBeLessThan(allowedError);
	}
	ours.dispose();
});

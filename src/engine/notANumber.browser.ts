import { expect, it } from 'vitest';
import { lanes } from '#contract';
import { browserLanes } from './browser.ts';
import { smallJob } from './selfTest.ts';

const here = browserLanes();
const sizes = [
	[3, 6, 1],
	[6, 6, 1],
	[3, 4, 3, 1],
];
const cases = lanes.flatMap((lane) =>
	sizes.flatMap((sizes) => sizes.slice(1).map((_, l) => ({ lane, sizes, l }))),
);

it.each(cases)(
	'what is not a number shows in the outputs: $lane, relu, $sizes, layer $l',
	async ({ lane, sizes, l }) => {
		const { device, info } = await here.choose(lane);
		expect(info.lane).toBe(lane);
		const job = smallJob({ sizes, samples: 5, activation: 'relu', replicas: 1 });
		job.weights[l]!.fill(NaN, 0, sizes[l]);
		const kernel = device.kernel(job);
		kernel.steps(2);
		const outputs = await kernel.probe({ kind: 'outputs' });
		kernel.dispose();
		expect(outputs.every((value) => !Number.isFinite(value))).toBe(true);
	},
);

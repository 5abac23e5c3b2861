import type { Lane } from '#contract';
import { nodeLanes } from '#engine/node.ts';
import type { Contender } from '../contender.ts';

/** A lane of ours, by the name it has in the table. */
export const lane = (name: string, which: Exclude<Lane, 'webgl'>): Contender => ({
	name,
	async start(job) {
		const { device } = await nodeLanes.choose(which);
		if (device.lane !== which) return null;
		const kernel = device.kernel(job);
		return {
			steps: (k) => kernel.steps(k),
			outputs: () => kernel.probe({ kind: 'outputs' }),
			dispose: () => kernel.dispose(),
		};
	},
});

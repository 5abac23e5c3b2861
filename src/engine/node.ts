import type { Lane } from '#contract';
import { cpuDevice } from './cpu/kernel.ts';
import { LaneLab, type LabOptions } from './lab.ts';
import { Lanes } from './lane.ts';

/** The lanes of plain Node: WASM and the reference; WebGL needs a browser. */
export const nodeLanes = new Lanes({
	wasm: async () => (await import('./wasm/node.ts')).start(),
	cpu: () => Promise.resolve(cpuDevice),
});

/** A lab for the command line and for tests; rejects rather than take another lane than asked. */
export async function createNodeLab(
	lane: Exclude<Lane, 'webgl'>,
	options: LabOptions = {},
): Promise<LaneLab> {
	const chosen = await nodeLanes.choose(lane);
	if (chosen.info.lane !== lane) throw new Error(chosen.info.notes.join(' '));
	return new LaneLab(chosen, options);
}

import type { Job } from '#contract';
import { layersOf, type Layer } from '../../kernel.ts';
import { batchesOf, blocksFor, inputGrid, targetGrid } from './data.ts';
import type { Gpu } from './gpu.ts';
import { indexIn, manyOutputs, manySteps, weightsOf } from './many.ts';
import { memoriesOf } from './optimiser.ts';
import { filledGrid, panelGrid } from './panels.ts';
import { sumSize } from './sums.ts';
import { swap, type Trainer, type Way } from './way.ts';

/** A longer draw would hold up the page, and in the end the driver would break it off; milliseconds. */
const drawMs = 8;
const firstSteps = 16;
const mostSteps = 4096;

/**
 * Networks whose weights fit into what one fragment can write: many steps a draw, as many as a few
 * milliseconds hold. Null where the job is another; Adam's corrections differ from step to step.
 */
export function manyWay(job: Job, gpu: Gpu): Way | null {
	const { replicas, optimiser, schedule = [1], network } = job;
	if (optimiser.kind === 'adam' || schedule.length > gpu.largestTexture) return null;
	const numbers = weightsOf(job) * (1 + memoriesOf(optimiser));
	const depth = Math.ceil(numbers / 4);
	if (depth > gpu.outputs || (network.sizes[0] as number) > 3) return null;
	const first = layersOf(job)[0] as Layer;
	const { batches, batch } = batchesOf(job);
	const rows = batches * blocksFor(batch);
	// A square of fragments, as they are worked on in squares of four.
	const across = Math.ceil(Math.sqrt(replicas));
	const panels = { replicas, across, down: Math.ceil(replicas / across) };
	if (panels.down * rows > gpu.largestTexture) return null;
	const index = indexIn(job);
	return {
		name: 'many steps',
		panels,
		state: { width: 1, height: 1, depth },
		place: (l, j, k, memory) => {
			const n = index(l, j, k, memory);
			return [0, 0, n >> 2, n & 3];
		},
		begin(): Trainer {
			const x = inputGrid(gpu, panels, first, job.x, batch);
			const y = targetGrid(gpu, panels, job.y, batch);
			const pace = filledGrid(
				gpu,
				{ replicas: 1, across: 1, down: 1 },
				{ width: schedule.length, height: 1, depth: 1 },
				(values) => schedule.forEach((factor, t) => (values[4 * t] = factor)),
			);
			const train = manySteps(job);
			const ask = manyOutputs(job);
			let most = firstSteps;
			let isCompiled = false;
			return {
				steps(t, k, states, rates) {
					for (let step = t; step < t + k;) {
						const steps = Math.min(most, t + k - step);
						const inputs = { state: states.now, x, y, rates, schedule: pace };
						const uniforms = {
							steps,
							first: step % batches,
							paceFirst: step % schedule.length,
						};
						gpu.draw(train, inputs, states.next, uniforms);
						swap(states);
						step += steps;
					}
				},
				outputs(state, inputs, count) {
					const blocks = blocksFor(count);
					const f = panelGrid(gpu, panels, sumSize(1, blocks));
					gpu.draw(ask, { state, x: inputs }, f, { blocks });
					return f;
				},
				took(msPerStep) {
					// The first time is that of the compiler.
					if (!isCompiled) return void (isCompiled = true);
					const fitting = Math.floor(drawMs / Math.max(msPerStep, 1e-6));
					most = Math.max(1, most / 4, Math.min(fitting, 4 * most, mostSteps));
					most = Math.floor(most);
				},
				free() {
					for (const grid of [x, y, pace]) gpu.free(grid);
				},
			};
		},
	};
}

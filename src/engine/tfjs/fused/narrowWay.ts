import type { Job } from '#contract';
import { layersOf } from '../../kernel.ts';
import { batchesOf, blocksFor, inputGrid, inputSize, targetGrid } from './data.ts';
import type { Gpu } from './gpu.ts';
import { isNarrow, narrowPlace, narrowState, narrowSum, narrowUpdate } from './narrow.ts';
import { paceAt } from './optimiser.ts';
import { arranged, panelGrid } from './panels.ts';
import { slicesFor, sumSize } from './sums.ts';
import { swap, type Trainer, type Way } from './way.ts';

/** Two layers with few coordinates in two draws a step; null where the job is another or too large. */
export function narrowWay(job: Job, gpu: Gpu, fragmentsAtOnce: number): Way | null {
	const layers = layersOf(job);
	if (!isNarrow(layers)) return null;
	const { batches, batch } = batchesOf(job);
	const blocks = blocksFor(batch);
	const slices = slicesFor(layers[0]!.out, job, batch, fragmentsAtOnce);
	const state = narrowState(job);
	const sizes = [state, inputSize(layers[0]!, batches * blocks), sumSize(slices, blocks)];
	const panels = arranged(job.replicas, sizes, gpu);
	if (!panels || state.depth > gpu.outputs) return null;
	return {
		name: 'narrow',
		panels,
		state,
		place: narrowPlace(layers),
		begin(): Trainer {
			const x = inputGrid(gpu, panels, layers[0]!, job.x, batch);
			const y = targetGrid(gpu, panels, job.y, batch);
			const e = panelGrid(gpu, panels, sumSize(slices, blocks));
			const sum = narrowSum(job, slices);
			const update = narrowUpdate(job, slices);
			const rows = batches * blocks;
			return {
				steps(t, k, states, rates) {
					for (let step = t; step < t + k; step++) {
						const from = (step % batches) * blocks;
						const where = { blocks, rows, from };
						gpu.draw(sum, { state: states.now, x, y }, e, { ...where, batch });
						const inputs = { state: states.now, x, e, rates };
						gpu.draw(update, inputs, states.next, { ...where, pace: paceAt(job, step) });
						swap(states);
					}
				},
				outputs(now, inputs, count) {
					const rowsNow = blocksFor(count);
					const f = panelGrid(gpu, panels, sumSize(slices, rowsNow));
					const where = { blocks: rowsNow, rows: rowsNow, from: 0, batch: 0 };
					gpu.draw(sum, { state: now, x: inputs, y }, f, where);
					return f;
				},
				free() {
					for (const grid of [x, y, e]) gpu.free(grid);
				},
			};
		},
	};
}

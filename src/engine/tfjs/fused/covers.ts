import type { Job } from '#contract';
import { layersOf, sampleCount } from '../../kernel.ts';
import { grids, isNarrow, layoutOf } from './layout.ts';
import type { Grid } from './texels.ts';

/**
 * Whether the fused kernel can train a job: two layers, plain gradient descent, something to learn, and
 * grids that fit into the device's textures. All else runs on the operations of tfjs.
 */
export function coversJob(job: Job, largestTexture: number): boolean {
	const layers = layersOf(job);
	if (layers.length !== 2 || job.optimiser.kind !== 'gd') return false;
	if (!layers.some(({ trained }) => trained)) return false;
	const layout = layoutOf(job);
	const n = sampleCount(job);
	const needed: Grid[] = [
		grids.theta(layout),
		grids.data(layout, n),
		grids.sums(layout, n),
		grids.rates(layout),
		...(isNarrow(layout) ? [] : [grids.hidden(layout, n)]),
	];
	return needed.every(({ rows, columns }) => Math.max(rows, columns) <= largestTexture);
}

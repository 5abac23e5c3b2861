import type { Job } from '#contract';
import { layersOf, sampleCount } from '../../kernel.ts';
import { grids, isNarrow, layoutOf, type Graphics } from './layout.ts';
import type { Grid } from './texels.ts';

/**
 * Whether the fused kernel can train a job: two layers, plain gradient descent, something to learn, and
 * grids that fit into the device's textures. All else runs on the operations of tfjs.
 *
 * What it can train it also trains faster, so that there is no further rule. Wall time per step of the
 * operations over ours, drawn in software, where the number of draws counts least: 7 to 17 for three
 * coordinates or fewer, 1.6 to 4 for ten and more, where arithmetic prevails.
 */
export function coversJob(job: Job, graphics: Graphics): boolean {
	const layers = layersOf(job);
	if (layers.length !== 2 || job.optimiser.kind !== 'gd') return false;
	if (!layers.some(({ trained }) => trained)) return false;
	const layout = layoutOf(job, graphics);
	const n = sampleCount(job);
	const needed: Grid[] = [
		grids.theta(layout),
		grids.data(layout, n),
		grids.sums(layout, n),
		grids.rates(layout),
		...(isNarrow(layout) ? [] : [grids.hidden(layout, n)]),
	];
	return needed.every(({ rows, columns }) => Math.max(rows, columns) <= graphics.largestTexture);
}

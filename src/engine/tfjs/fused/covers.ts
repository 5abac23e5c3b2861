import type { Job } from '#contract';
import { layersOf, sampleCount } from '../../kernel.ts';
import { grids, isNarrow, layoutOf, type Graphics } from './layout.ts';
import type { Grid } from './texels.ts';

/**
 * Wall time per step of the operations of tfjs over ours, drawn in software, relu and tanh: 6 to 20
 * for two or three coordinates, 4 for ten, 1.6 for twenty to a hundred, 0.9 to 1.7 for two hundred,
 * 0.7 to 0.9 for eight hundred. There the products are all that counts, and tfjs tiles them in both
 * directions; a GPU, where each draw costs more in proportion, moves the crossing up.
 */
const mostCoordinates = 128;

/**
 * Whether the fused kernel is to train a job: two layers, plain gradient descent, something to learn,
 * few enough coordinates for it to be the faster one, and grids that fit into the device's textures.
 * All else runs on the operations of tfjs.
 */
export function coversJob(job: Job, graphics: Graphics): boolean {
	const layers = layersOf(job);
	if (layers.length !== 2 || job.optimiser.kind !== 'gd') return false;
	const { network, batch = sampleCount(job), schedule } = job;
	if (network.biases || network.activation === 'softplus' || schedule) return false;
	if (batch !== sampleCount(job)) return false;
	if (!layers.some(({ trained }) => trained)) return false;
	if (layers[0]!.in > mostCoordinates) return false;
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

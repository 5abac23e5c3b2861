import type { Job } from '#contract';
import { layersOf, type Layer } from '../../kernel.ts';
import { batchesOf, blocksFor, inputGrid, inputSize, targetGrid } from './data.ts';
import {
	deepLayout,
	deepPlace,
	hiddenProgram,
	hiddenSize,
	signalProgram,
	signalSize,
	topProgram,
} from './deep.ts';
import { deepUpdate } from './deepUpdate.ts';
import type { Gpu, Grid } from './gpu.ts';
import { paceAt } from './optimiser.ts';
import { arranged, panelGrid } from './panels.ts';
import { slicesFor, sumSize } from './sums.ts';
import { swap, type Trainer, type Way } from './way.ts';

/** Layers whose hidden grids and signals one program can read. */
const mostLayers = 7;

/**
 * L layers in 2L − 1 draws a step (2 for one): one for each layer up, one for each signal that is stored,
 * one for all weights. Null where the job is too large for the device.
 */
export function deepWay(job: Job, gpu: Gpu, fragmentsAtOnce: number): Way | null {
	const layers = layersOf(job);
	if (layers.length > mostLayers) return null;
	const { batches, batch } = batchesOf(job);
	const blocks = blocksFor(batch);
	const top = layers.length - 1;
	const slices = slicesFor((layers[top] as Layer).in, job, batch, fragmentsAtOnce);
	const layout = deepLayout(job, gpu.outputs, slices);
	const between = layers.slice(1).map((_, l) => l + 1);
	const first = layers[0] as Layer;
	const panels = arranged(
		job.replicas,
		[
			layout.state,
			inputSize(first, batches * blocks),
			sumSize(slices, blocks),
			...between.map((l) => hiddenSize(layout, l, blocks)),
		],
		gpu,
	);
	if (!panels || Math.max(layout.state.depth, layout.hasSlopes ? 8 : 4) > gpu.outputs) return null;

	/** Layer by layer up to what the top layer receives; `hidden[0]` is x. */
	const hiddenPrograms = between.map((l) => hiddenProgram(layout, l - 1));
	const sum = topProgram(layout);
	const climb = (state: Grid, hidden: readonly Grid[], where: Where) => {
		hiddenPrograms.forEach((program, l) => {
			const inputs = { state, below: hidden[l] as Grid };
			gpu.draw(program, inputs, hidden[l + 1] as Grid, {
				...(l === 0 ? where : above(where)),
			});
		});
	};
	const sumUp = (state: Grid, below: Grid, y: Grid, target: Grid, where: Where, size: number) => {
		const { rows, from } = top === 0 ? where : above(where);
		const all = { ...where, rowsBelow: rows, fromBelow: from, batch: size };
		gpu.draw(sum, { state, below, y }, target, all);
	};

	return {
		name: 'deep',
		panels,
		state: layout.state,
		place: deepPlace(layout),
		begin(): Trainer {
			const x = inputGrid(gpu, panels, first, job.x, batch);
			const y = targetGrid(gpu, panels, job.y, batch);
			const e = panelGrid(gpu, panels, sumSize(slices, blocks));
			const grids = (rows: number) =>
				between.map((l) => panelGrid(gpu, panels, hiddenSize(layout, l, rows)));
			const hidden = [x, ...grids(blocks)];
			// Of the layers that stand two or more below the top.
			const stored = layers.map((_, l) => l).slice(layout.lowest, Math.max(layout.lowest, top - 1));
			const signals = new Map(
				stored.map((l) => [l, panelGrid(gpu, panels, signalSize(layout, l, blocks))]),
			);
			const down = [...stored].reverse().map((l) => ({
				program: signalProgram(layout, l + 1),
				hidden: hidden[l + 1] as Grid,
				above: l + 2 === top ? (hidden[top] as Grid) : (signals.get(l + 1) as Grid),
				target: signals.get(l) as Grid,
			}));
			const update = deepUpdate(layout);
			const read = {
				e,
				...Object.fromEntries(hidden.map((grid, l) => [`hidden${l}`, grid])),
				...Object.fromEntries([...signals].map(([l, grid]) => [`signal${l}`, grid])),
			};
			return {
				steps(t, k, states, rates) {
					for (let step = t; step < t + k; step++) {
						const where = { blocks, rows: batches * blocks, from: (step % batches) * blocks };
						const state = states.now;
						climb(state, hidden, where);
						sumUp(state, hidden[top] as Grid, y, e, where, batch);
						for (const { program, target, ...inputs } of down)
							gpu.draw(program, { ...inputs, state, e }, target, { blocks });
						const pace = paceAt(job, step);
						gpu.draw(update, { ...read, state, rates }, states.next, { ...where, pace });
						swap(states);
					}
				},
				outputs(state, inputs, count) {
					const rows = blocksFor(count);
					const where = { blocks: rows, rows, from: 0 };
					const own = grids(rows);
					const all = [inputs, ...own];
					climb(state, all, where);
					const f = panelGrid(gpu, panels, sumSize(slices, rows));
					sumUp(state, all[top] as Grid, y, f, where, 0);
					for (const grid of own) gpu.free(grid);
					return f;
				},
				free() {
					for (const grid of [...hidden, ...signals.values(), y, e]) gpu.free(grid);
				},
			};
		},
	};
}

/** Rows of blocks: how many there are, how many the panel of the inputs has, and where in it they begin. */
interface Where {
	readonly blocks: number;
	readonly rows: number;
	readonly from: number;
}

/** Above the first layer a panel has the blocks of one batch and no others. */
function above({ blocks }: Where): Where {
	return { blocks, rows: blocks, from: 0 };
}

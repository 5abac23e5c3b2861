import type { Layer } from '../../kernel.ts';
import { glsl } from './activation.ts';
import { texelsFor } from './data.ts';
import { lines, slopeCode, stateCorner, type DeepLayout } from './deep.ts';
import type { Program } from './gpu.ts';
import { learnCode, memoriesOf } from './optimiser.ts';
import { hereCode } from './panels.ts';
import { residualCode } from './sums.ts';

/**
 * All layers learn in one draw: a fragment takes a tile of units of one layer and four of its columns,
 *
 *     ∂W_l[j, k] = s_l Σ_i δ_{l,j}(i) h_{l,k}(i).
 *
 * Inputs: `hidden0` is x, `hidden1` what layer 1 receives, …; `signal0`, … the signals that are stored.
 */
export function deepUpdate(layout: DeepLayout): Program {
	const { layers, tile, offsets, state, job, slices } = layout;
	const memories = memoriesOf(job.optimiser);
	const branches = layers.map(
		(_, l) => `
	if (place.y < ${offsets[l + 1]}) {
		${gradient(layout, l)}
	}`,
	);
	const old = (q: number, k: number) =>
		k <= memories ? `at(state, here.x, here.y, ${k * tile + q})` : 'vec4(0.)';
	return {
		inputs: ['state', 'e', 'rates', ...hiddenRead(layout), ...signalsRead(layout)],
		outputs: tile * (1 + memories),
		ints: ['blocks', 'rows', 'from'],
		vectors: ['pace'],
		code: `${slopeCode(layout)}${residualCode(slices)}${learnCode(job.optimiser)}
void main() {
	${hereCode(state.width, state.height)}
	${stateCorner(layout)}
	int t = place.x;
	int e0 = panel.x * ${slices};
	int row0 = panel.y * blocks;
	${lines(tile, (q) => `vec4 g${q} = vec4(0.);`)}
	${branches.join(' else ')}
	float eta = at(rates, panel.x, panel.y, 0).x;
	vec4 w, first, second;
	${lines(
		tile,
		(q) => `w = ${old(q, 0)}; first = ${old(q, 1)}; second = ${old(q, 2)};
		learn(w, first, second, g${q}, eta);
		out${q} = w;
		${memories > 0 ? `out${tile + q} = first;` : ''}
		${memories > 1 ? `out${2 * tile + q} = second;` : ''}`,
	)}
}`,
	};
}

/** Hidden grids that the update reads: what a layer that learns receives, or takes its slopes from. */
function hiddenRead({ layers, lowest }: DeepLayout): string[] {
	return layers.flatMap(({ trained }, l) => {
		const givesSlopes = l === layers.length - 1 && l > 0 && layers[l - 1]!.trained;
		return l >= lowest && (trained || givesSlopes) ? [`hidden${l}`] : [];
	});
}

/** Signals that the update reads. */
function signalsRead({ layers }: DeepLayout): string[] {
	return layers.flatMap(({ trained }, l) =>
		trained && l < layers.length - 2 ? [`signal${l}`] : [],
	);
}

/** Sums up g0, …: the gradient for the fragment, in layer l. */
function gradient(layout: DeepLayout, l: number): string {
	const { layers, tile, offsets } = layout;
	const { trained, columns, out, scale } = layers[l] as Layer;
	if (!trained) return '';
	const top = layers.length - 1;
	const tiles = texelsFor(columns);
	const used = tiles === 1 ? columns : 4;
	// Only one unit at the top.
	const units = l === top ? 1 : tile;
	const hidden = (q: number) =>
		l === 0
			? `at(hidden0, panel.x * ${tiles} + t, panel.y * rows + from + block, ${q})`
			: `at(hidden${l}, panel.x * ${tiles} + t, row0 + block, ${q})`;
	const products = (q: number) =>
		`g${q} += vec4(${[0, 1, 2, 3].map((k) => (k < used ? `dot(d${q}, h${k})` : '0.')).join(', ')});`;
	// Of which tile of four units the fragment has a part, and where that begins.
	const unit0 = `(place.y - ${offsets[l]}) * ${tile}`;
	const above = texelsFor(l < top ? (l === top - 1 ? layers[top]!.columns : out) : 1);
	const signal = (q: number) => {
		if (l === top) return 'error';
		const column = `panel.x * ${above} + (unit0 >> 2), row0 + block, (unit0 & 3) + ${q}`;
		return l === top - 1
			? `error * a${q} * slopeAt(hidden${top}, ${column})`
			: `at(signal${l}, ${column})`;
	};
	const aboveScale = l === top - 1 ? glsl(layers[top]!.scale) : '1.';
	return `int unit0 = ${unit0};
		${
			l === top - 1
				? `vec4 a = at(state, state0.x + (unit0 >> 2), state0.y + ${offsets[top]}, 0);
		${lines(units, (q) => `float a${q} = unit0 + ${q} < ${out} ? ${aboveScale} * a[(unit0 & 3) + ${q}] : 0.;`)}`
				: ''
		}
		if (t < ${tiles}) {
			for (int block = 0; block < blocks; block++) {
				${l >= top - 1 ? `vec4 error = residual(e0, row0 + block);` : ''}
				${lines(used, (k) => `vec4 h${k} = ${hidden(k)};`)}
				${lines(units, (q) => `vec4 d${q} = ${signal(q)}; ${products(q)}`)}
			}
			${l > 0 ? lines(units, (q) => `g${q} *= ${glsl(scale)};`) : ''}
		}`;
}

import type { Job } from '#contract';
import { layersOf, type Layer } from '../../kernel.ts';
import { activationCode, glsl } from './activation.ts';
import type { Program } from './gpu.ts';
import { learnCode, memoriesOf } from './optimiser.ts';
import { hereCode, type Size } from './panels.ts';
import { closeSum, grouped, residualCode } from './sums.ts';

/*
 * Two layers whose units have at most four parameters, (w_j, a_j) with w_j up to a bias: a unit is one
 * texel, and costs less to compute again than to look up. A step is two draws:
 *
 *     e_i = lossFactor (s Σ_j a_j σ(w_j · x_i) − y_i),
 *     ∂w_j = s a_j Σ_i e_i σ′(z_ij) x_i,     ∂a_j = s Σ_i e_i σ(z_ij),
 *
 * where x has the first scale in it. The bias of f is the a of one more unit, which is always 1.
 */

/** Whether a job is of this kind. */
export function isNarrow(layers: readonly Layer[]): boolean {
	return layers.length === 2 && layers[0]!.columns <= 3;
}

/** Row 0 has the units in columns; layers are the parameters, then what the optimiser remembers of them. */
export function narrowState({ network, optimiser }: Job): Size {
	const units = network.sizes[1] as number;
	const width = units + Number(network.biases ?? false);
	return { width, height: 1, depth: 1 + memoriesOf(optimiser) };
}

/** Column, row, layer and channel of weight W_l[j, k], or of what is remembered of it. */
export function narrowPlace([first]: readonly Layer[]) {
	const { columns } = first as Layer;
	return (l: number, j: number, k: number, memory: number) =>
		(l === 0 ? [j, 0, memory, k] : [k, 0, memory, columns]) as [number, number, number, number];
}

const channels = ['x', 'y', 'z', 'w'] as const;

function parts(job: Job) {
	const [inner, outer] = layersOf(job) as [Layer, Layer];
	const each = (line: (k: number, channel: string) => string) =>
		Array.from({ length: inner.columns }, (_, k) => line(k, channels[k] as string));
	return {
		inner,
		outer,
		/** The channel of a_j. */
		a: channels[inner.columns] as string,
		width: narrowState(job).width,
		each,
		/** x0, x1, … on the four inputs of a block. */
		load: each((k) => `vec4 x${k} = at(x, panel.x, row, ${k});`).join('\n'),
		z: each((k, c) => `unit.${c} * x${k}`).join(' + '),
	};
}

/** State, inputs and targets → e, or f. */
export function narrowSum(job: Job, slices: number): Program {
	const { inner, outer, a, width, load, z } = parts(job);
	const size = Math.ceil(inner.out / slices);
	return {
		inputs: ['state', 'x', 'y'],
		outputs: 1,
		ints: ['batch', 'blocks', 'rows', 'from'],
		code: `${activationCode(job.network.activation, ['vec4'])}
void main() {
	${hereCode(slices, 'blocks')}
	int slice = place.x;
	int block = place.y;
	int row = panel.y * rows + from + block;
	int begin = slice * ${size};
	int end = min(begin + ${size}, ${inner.out});
	int column = panel.x * ${width};
	${load}
	vec4 f = vec4(0.);
	${grouped(
		'j',
		['begin', 'end'],
		64,
		'vec4',
		['f'],
		`vec4 unit = at(state, column + j, panel.y, 0);
			fPart += unit.${a} * value(${z});`,
	)}
	${outer.columns > inner.out ? `if (slice == 0) f += at(state, column + ${inner.out}, panel.y, 0).${a};` : ''}
	${closeSum(outer.scale, job.lossFactor)}
}`,
	};
}

/** State, inputs and e → the next state; one fragment teaches one unit. */
export function narrowUpdate(job: Job, slices: number): Program {
	const { inner, outer, a, width, each, load, z } = parts(job);
	const scale = glsl(outer.scale);
	const isOne = outer.columns > inner.out ? `here.x - panel.x * ${width} == ${inner.out}` : 'false';
	const memories = memoriesOf(job.optimiser);
	const old = (k: number) => (k < memories ? `at(state, here.x, here.y, ${k + 1})` : 'vec4(0.)');
	return {
		inputs: ['state', 'x', 'e', 'rates'],
		outputs: 1 + memories,
		ints: ['blocks', 'rows', 'from'],
		vectors: ['pace'],
		code: `${activationCode(job.network.activation, ['vec4'])}${residualCode(slices)}${learnCode(job.optimiser)}
void main() {
	${hereCode(width, 1)}
	vec4 unit = at(state, here.x, here.y, 0);
	bool isOne = ${isOne};
	vec4 g = vec4(0.);
	for (int block = 0; block < blocks; block++) {
		int row = panel.y * rows + from + block;
		${load}
		vec4 e = residual(panel.x * ${slices}, panel.y * blocks + block);
		vec4 z = ${z};
		vec4 h = isOne ? vec4(1.) : value(z);
		${inner.trained ? `vec4 signal = isOne ? vec4(0.) : e * slope(z, h);` : ''}
		${inner.trained ? each((k, c) => `g.${c} += dot(signal, x${k});`).join('\n') : ''}
		${outer.trained ? `g.${a} += dot(e, h);` : ''}
	}
	${each((_, c) => `g.${c} *= ${scale} * unit.${a};`).join('\n')}
	g.${a} *= ${scale};
	vec4 first = ${old(0)};
	vec4 second = ${old(1)};
	learn(unit, first, second, g, at(rates, panel.x, panel.y, 0).x);
	out0 = unit;
	${memories > 0 ? 'out1 = first;' : ''}
	${memories > 1 ? 'out2 = second;' : ''}
}`,
	};
}

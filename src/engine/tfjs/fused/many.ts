import type { Job } from '#contract';
import { layersOf, type Layer } from '../../kernel.ts';
import { activationCode, glsl, type VectorType } from './activation.ts';
import { batchesOf, blocksFor } from './data.ts';
import type { Program } from './gpu.ts';
import { memoriesOf } from './optimiser.ts';

/*
 * Tiny networks: a fragment holds all weights of one replica in registers and takes many steps in one
 * draw. The program is written out for the network at hand, weight by weight.
 */

/** Numbers in all weights of one replica. */
export function weightsOf(job: Job): number {
	return layersOf(job).reduce((sum, { out, columns }) => sum + out * columns, 0);
}

/** The number of W_l[j, k], or of what is remembered of it, in the state. */
export function indexIn(job: Job) {
	const layers = layersOf(job);
	const all = weightsOf(job);
	const offsets = layers.map((_, l) =>
		layers.slice(0, l).reduce((sum, { out, columns }) => sum + out * columns, 0),
	);
	return (l: number, j: number, k: number, memory = 0): number =>
		memory * all + (offsets[l] as number) + j * (layers[l] as Layer).columns + k;
}

/** Texels of data that a fragment may hold on to for all its steps. */
const heldAtMost = 16;

const channels = ['x', 'y', 'z', 'w'] as const;
const count = <T>(n: number, each: (k: number) => T): T[] =>
	Array.from({ length: n }, (_, k) => each(k));

/** State and data → the state after `steps` steps. */
export function manySteps(job: Job): Program {
	const { optimiser, schedule = [1] } = job;
	const { batch, batches } = batchesOf(job);
	const all = weightsOf(job);
	const numbers = all * (1 + memoriesOf(optimiser));
	const texels = Math.ceil(numbers / 4);
	const d = job.network.sizes[0] as number;
	const blocks = blocksFor(batch);
	const isHeld = batches === 1 && blocks * (d + 1) <= heldAtMost;
	const whole = Math.floor(batch / 4);
	const rest = batch % 4;
	const restType: VectorType = rest > 2 ? 'vec4' : 'vec2';
	const name = (n: number) => (n < all ? `w${n}` : `v${n - all}`);

	const load = (block: string, into: (what: string) => string) => [
		...count(d, (k) => `vec4 ${into(`x${k}`)} = at(x, here.x, row + ${block}, ${k});`),
		`vec4 ${into('y')} = at(y, here.x, row + ${block}, 0);`,
	];
	const held = (block: number) => (what: string) => `${what}_${block}`;
	const sample = (type: VectorType, of: (what: string) => string) =>
		[...count(d, (k) => `x${k}`), 'y']
			.map((what) => `${type} ${what}s = ${of(what)}${type === 'vec2' ? '.xy' : ''};`)
			.join('\n');
	const block = (type: VectorType, samples: string, used: number) =>
		`{\n${samples}\n${oneBlock(job, type, used)}\n}`;
	const fetched = (type: VectorType, at: string, used: number) =>
		block(type, `${load(at, (what) => what).join('\n')}\n${sample(type, (what) => what)}`, used);

	const inHand = [
		...count(whole, (b) => block('vec4', sample('vec4', held(b)), 4)),
		...(rest ? [block(restType, sample(restType, held(whole)), rest)] : []),
	].join('\n');
	const inTurn = `
		int row = here.y * ${batches * blocks} + (first + step) % ${batches} * ${blocks};
		for (int block = 0; block < ${whole}; block++) ${fetched('vec4', 'block', 4)}
		${rest ? fetched(restType, String(whole), rest) : ''}`;

	return {
		inputs: ['state', 'x', 'y', 'rates', ...(schedule.length > 1 ? ['schedule'] : [])],
		outputs: texels,
		ints: ['steps', 'first', 'paceFirst'],
		code: `${activationCode(job.network.activation, ['vec2', 'vec4'], false)}
void main() {
	ivec2 here = ivec2(gl_FragCoord.xy);
	${count(texels, (t) => `vec4 state${t} = at(state, here.x, here.y, ${t});`).join('\n')}
	${count(numbers, (n) => `float ${name(n)} = state${n >> 2}.${channels[n & 3]};`).join('\n')}
	float eta = at(rates, here.x, here.y, 0).x * ${glsl(schedule.length > 1 ? 1 : (schedule[0] as number))};
	${isHeld ? `int row = here.y * ${blocks};\n${count(blocks, (b) => load(String(b), held(b)).join('\n')).join('\n')}` : ''}
	for (int step = 0; step < steps; step++) {
		${count(all, (n) => `float g${n} = 0.;`).join(' ')}
		${topFactors(job)}
		${isHeld ? inHand : inTurn}
		float rate = eta${schedule.length > 1 ? ` * at(schedule, (paceFirst + step) % ${schedule.length}, 0, 0).x` : ''};
		${learn(job)}
	}
	${count(texels, (t) => `out${t} = vec4(${count(4, (c) => (4 * t + c < numbers ? name(4 * t + c) : '0.')).join(', ')});`).join('\n')}
}`,
	};
}

/** c_j = s a_j: what the top layer puts before the signal of unit j. */
function topFactors(job: Job): string {
	const layers = layersOf(job);
	const l = layers.length - 1;
	const { in: units, scale } = layers[l] as Layer;
	const at = indexIn(job);
	if (l === 0) return '';
	return count(units, (j) => `float c${j} = ${glsl(scale)} * w${at(l, 0, j)};`).join(' ');
}

/** State and inputs → f on a block of them. */
export function manyOutputs(job: Job): Program {
	const all = weightsOf(job);
	const top = layersOf(job).length - 1;
	return {
		inputs: ['state', 'x'],
		outputs: 1,
		ints: ['blocks'],
		code: `${activationCode(job.network.activation, ['vec4'])}
void main() {
	ivec2 here = ivec2(gl_FragCoord.xy);
	int replica = here.y / blocks;
	${count(Math.ceil(all / 4), (t) => `vec4 state${t} = at(state, here.x, replica, ${t});`).join('\n')}
	${count(all, (n) => `float w${n} = state${n >> 2}.${channels[n & 3]};`).join('\n')}
	${count(job.network.sizes[0] as number, (k) => `vec4 x${k}s = at(x, here.x, here.y, ${k});`).join('\n')}
	${up(job, 'vec4')}
	out0 = z${top}_0;
}`,
	};
}

/** What layer l receives from unit k. */
function received(l: number, k: number): string {
	return l === 0 ? `x${k}s` : `h${l}_${k}`;
}

/** Up through the network on the inputs in x0s, …, to z of the top layer. */
function up(job: Job, type: VectorType): string {
	const layers = layersOf(job);
	const at = indexIn(job);
	const lines: string[] = [];
	layers.forEach(({ out, in: units, columns, scale }, l) => {
		for (let j = 0; j < out; j++) {
			const terms = count(units, (k) => `w${at(l, j, k)} * ${received(l, k)}`);
			// x has the scale of the first layer in it already.
			const bias =
				columns > units ? [`${l === 0 ? `${glsl(scale)} * ` : ''}w${at(l, j, units)}`] : [];
			const sum = [...terms, ...bias].join(' + ');
			lines.push(`${type} z${l}_${j} = ${l === 0 ? sum : `${glsl(scale)} * (${sum})`};`);
			if (l + 1 < layers.length) lines.push(`${type} h${l + 1}_${j} = value(z${l}_${j});`);
		}
	});
	return lines.join('\n');
}

/** Up and down on the inputs in x0s, … and the targets in ys, of which `used` count: adds their part to the gradients. */
function oneBlock(job: Job, type: VectorType, used: number): string {
	const layers = layersOf(job);
	const top = layers.length - 1;
	const at = indexIn(job);
	const lines = [up(job, type), `${type} e = ${glsl(job.lossFactor)} * (z${top}_0 - ys);`];
	for (const c of channels.slice(used, type === 'vec2' ? 2 : 4)) lines.push(`e.${c} = 0.;`);
	const lowest = layers.findIndex(({ trained }) => trained);
	for (let l = top; l >= lowest; l--) {
		const { out, in: units, columns, trained, scale } = layers[l] as Layer;
		const below = layers[l - 1];
		for (let j = 0; j < out && trained; j++) {
			const signal = l === top ? 'e' : `d${l}_${j}`;
			for (let k = 0; k < columns; k++) {
				const other = k < units ? received(l, k) : `${type}(${l === 0 ? glsl(scale) : '1.'})`;
				lines.push(`g${at(l, j, k)} += dot(${signal}, ${other});`);
			}
		}
		if (l === lowest || !below) continue;
		for (let k = 0; k < below.out; k++) {
			const slope = `slope(z${l - 1}_${k}, h${l}_${k})`;
			// Just below the top the factor c of the unit is left for the end of the step.
			const sum =
				l === top
					? 'e'
					: `${glsl(scale)} * (${count(out, (j) => `${l === top - 1 ? `c${j} * ` : ''}w${at(l, j, k)} * d${l}_${j}`).join(' + ')})`;
			lines.push(`${type} d${l - 1}_${k} = ${sum} * ${slope};`);
		}
	}
	return lines.join('\n');
}

function learn(job: Job): string {
	const layers = layersOf(job);
	const top = layers.length - 1;
	const at = indexIn(job);
	return layers
		.flatMap(({ out, columns, trained, scale }, l) =>
			count(trained ? out * columns : 0, (n) => {
				const p = at(l, Math.floor(n / columns), n % columns);
				const factors = [
					...(l > 0 && scale !== 1 ? [glsl(scale)] : []),
					...(l === top - 1 ? [`c${Math.floor(n / columns)}`] : []),
					`g${p}`,
				].join(' * ');
				if (job.optimiser.kind !== 'momentum') return `w${p} -= rate * ${factors};`;
				return `v${p} = ${glsl(job.optimiser.momentum)} * v${p} + ${factors}; w${p} -= rate * v${p};`;
			}),
		)
		.join('\n');
}

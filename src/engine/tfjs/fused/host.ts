import type { Job } from '#contract';
import type { Layer } from '../../kernel.ts';
import { grids, type Layout } from './layout.ts';
import { Filling, readerOf, type Texels } from './texels.ts';

/** Inner and outer layer of a job the fused kernel covers. */
export type TwoLayers = readonly [inner: Layer, outer: Layer];

/** Weights times their scales, inner of shape [R, m, d] and outer of shape [R, m]. */
export interface Parameters {
	readonly inner: Float32Array;
	readonly outer: Float32Array;
}

export function startOf({ weights }: Job, layers: TwoLayers): Parameters {
	const [inner, outer] = layers.map(({ scale }, l) =>
		Float32Array.from(weights[l] ?? [], (w) => scale * w),
	) as [Float32Array, Float32Array];
	return { inner, outer };
}

/** Calls back with the place in theta (row, column, channel) of every parameter of every unit. */
function eachParameter(
	{ replicas, m, d, parts }: Layout,
	visit: {
		inner(at: number, row: number, column: number, channel: number): void;
		outer(at: number, row: number, column: number, channel: number): void;
	},
): void {
	for (let r = 0; r < replicas; r++) {
		for (let j = 0; j < m; j++) {
			const unit = r * m + j;
			const row = (k: number) => r * parts + (k >> 2);
			for (let k = 0; k < d; k++) visit.inner(unit * d + k, row(k), j, k & 3);
			visit.outer(unit, row(d), j, d & 3);
		}
	}
}

export function thetaOf({ inner, outer }: Parameters, layout: Layout): Texels {
	const filling = new Filling(grids.theta(layout));
	eachParameter(layout, {
		inner: (at, ...place) => filling.set(...place, inner[at]!),
		outer: (at, ...place) => filling.set(...place, outer[at]!),
	});
	return filling.tensor();
}

/** The inverse of `thetaOf`, from what was read back. */
export function parametersFrom(values: Float32Array, layout: Layout): Parameters {
	const { replicas, m, d } = layout;
	const read = readerOf(values, grids.theta(layout));
	const inner = new Float32Array(replicas * m * d);
	const outer = new Float32Array(replicas * m);
	eachParameter(layout, {
		inner: (at, ...place) => (inner[at] = read(...place)),
		outer: (at, ...place) => (outer[at] = read(...place)),
	});
	return { inner, outer };
}

/** Inputs of shape [R, inputs, d] and, for training, targets of shape [R, inputs]. */
export function dataOf(layout: Layout, inputs: number, x: Float64Array, y?: Float64Array): Texels {
	const { replicas, d, parts } = layout;
	const filling = new Filling(grids.data(layout, inputs));
	for (let r = 0; r < replicas; r++) {
		for (let i = 0; i < inputs; i++) {
			const at = r * inputs + i;
			const put = (k: number, value: number) =>
				filling.set(r * 4 * parts + k, i >> 2, i & 3, value);
			for (let k = 0; k < d; k++) put(k, x[at * d + k]!);
			if (y) put(d, y[at]!);
		}
	}
	return filling.tensor();
}

/** Inputs `from` up to but not including `to` of every replica, from inputs of shape [R, k, d]. */
export function someInputs(
	x: Float64Array,
	{ replicas, d }: Layout,
	from: number,
	to: number,
): Float64Array {
	const k = x.length / replicas / d;
	const some = new Float64Array(replicas * (to - from) * d);
	for (let r = 0; r < replicas; r++)
		some.set(x.subarray((r * k + from) * d, (r * k + to) * d), r * (to - from) * d);
	return some;
}

/** As theta holds s w, its step is s² times that of w: ρ = η · lossFactor · s² for either layer. */
export function ratesOf(
	stepSizes: Float64Array,
	lossFactor: number,
	[inner, outer]: TwoLayers,
	layout: Layout,
): Texels {
	const filling = new Filling(grids.rates(layout));
	stepSizes.forEach((size, r) => {
		filling.set(0, r, 0, size * lossFactor * inner.scale ** 2);
		filling.set(0, r, 1, size * lossFactor * outer.scale ** 2);
	});
	return filling.tensor();
}

/** f of shape [R, inputs] from what was read back of `sums`. */
export function outputsFrom(values: Float32Array, layout: Layout, inputs: number): Float64Array {
	const { replicas, slices } = layout;
	const read = readerOf(values, grids.sums(layout, inputs));
	return Float64Array.from({ length: replicas * inputs }, (_, at) => {
		const r = Math.floor(at / inputs);
		const i = at % inputs;
		let f = 0;
		for (let slice = 0; slice < slices; slice++) f += read(r * slices + slice, i >> 2, i & 3);
		return f;
	});
}

/** Squared distance of the trained weights from their start, shape [R], scales taken off again. */
export function travelBetween(
	start: Parameters,
	now: Parameters,
	[inner, outer]: TwoLayers,
	{ replicas }: Layout,
): Float64Array {
	const travel = new Float64Array(replicas);
	const add = (from: Float32Array, to: Float32Array, { scale, trained }: Layer) => {
		if (!trained) return;
		const size = from.length / replicas;
		from.forEach((before, at) => {
			travel[Math.floor(at / size)]! += ((to[at]! - before) / scale) ** 2;
		});
	};
	add(start.inner, now.inner, inner);
	add(start.outer, now.outer, outer);
	return travel;
}

/**
 * Deep ReLU networks with and without skip connections, in plain float64: no lane of the engine has
 * skips, and what is compared should be computed alike. Parameters lie as in #theory/mlp.ts.
 */
import type { Samples } from '#theory/meanSquare.ts';
import { drawMlp, mlpLayers, mlpSize } from '#theory/mlp.ts';
import { random } from '#theory/random.ts';

/**
 * h_0 = W_0 x + b_0, then L blocks h ← relu(Wh + b), or h ← h + L^{−1/2} relu(Wh + b) with skips, then
 * a linear output.
 */
export interface Deep {
	readonly depth: number;
	readonly width: number;
	readonly skips: boolean;
}

export function sizesOf({ depth, width }: Pick<Deep, 'depth' | 'width'>): number[] {
	return [2, ...Array.from({ length: depth + 1 }, () => width), 1];
}

export function drawDeep(net: Deep, seed: number): Float64Array {
	const shape = { sizes: sizesOf(net), activation: 'relu' } as const;
	return drawMlp(shape, 2, random(seed, `loss-landscape/deep/${net.depth}`));
}

/** Loss and gradient of the mean squared error, over buffers that are used again. */
export interface DeepSurface {
	loss(theta: Float64Array): number;
	/** ∂ loss/∂θ; the same array each time. */
	gradient(theta: Float64Array): Float64Array;
}

export function deepSurface(net: Deep, { x, y }: Samples): DeepSurface {
	const layers = mlpLayers({ sizes: sizesOf(net) });
	const last = layers.length - 1;
	const n = y.length;
	const factor = net.skips ? 1 / Math.sqrt(net.depth) : 1;
	/** h[l]: what layer l receives; z[l]: what it gives before the rectifier. */
	const h = layers.map((layer, l) => (l === 0 ? x : new Float64Array(n * layer.in)));
	const z = layers.map((layer) => new Float64Array(n * layer.out));
	const signal = layers.map((layer) => new Float64Array(n * layer.out));
	const down = layers.map((layer) => new Float64Array(n * layer.in));
	const result = new Float64Array(mlpSize({ sizes: sizesOf(net) }));

	function forward(theta: Float64Array): Float64Array {
		layers.forEach(({ from, out, in: columns }, l) => {
			const [a, b] = [h[l]!, z[l]!];
			for (let i = 0, at = 0; i < n; i++)
				for (let j = 0; j < out; j++, at++) {
					let w = from + j * (columns + 1);
					let sum = 0;
					for (let k = i * columns, end = k + columns; k < end; k++, w++) sum += a[k]! * theta[w]!;
					b[at] = sum + theta[w]!;
				}
			if (l === last) return;
			const next = h[l + 1]!;
			// The first layer is an affine map into the width of the blocks.
			if (l === 0) next.set(b);
			else
				for (let i = 0; i < b.length; i++)
					next[i] = factor * Math.max(0, b[i]!) + (net.skips ? a[i]! : 0);
		});
		return z[last]!;
	}

	return {
		loss(theta) {
			const f = forward(theta);
			let sum = 0;
			for (let i = 0; i < n; i++) sum += (f[i]! - y[i]!) ** 2;
			return sum / n;
		},
		gradient(theta) {
			const f = forward(theta);
			result.fill(0);
			for (let i = 0; i < n; i++) signal[last]![i] = (2 / n) * (f[i]! - y[i]!);
			for (let l = last; l >= 0; l--) {
				const { from, out, in: columns } = layers[l]!;
				const [a, s, below] = [h[l]!, signal[l]!, down[l]!.fill(0)];
				for (let i = 0, at = 0; i < n; i++)
					for (let j = 0; j < out; j++, at++) {
						const value = s[at]!;
						if (value === 0) continue;
						let w = from + j * (columns + 1);
						for (let k = i * columns, end = k + columns; k < end; k++, w++) {
							result[w] = result[w]! + value * a[k]!;
							below[k] = below[k]! + value * theta[w]!;
						}
						result[w] = result[w]! + value;
					}
				if (l === 0) break;
				// The skip of block l carries what arrives above it past the block.
				if (net.skips && l < last) {
					const past = down[l + 1]!;
					for (let i = 0; i < below.length; i++) below[i] = below[i]! + past[i]!;
				}
				const under = signal[l - 1]!;
				if (l === 1) under.set(below);
				else
					for (let i = 0; i < below.length; i++)
						under[i] = z[l - 1]![i]! > 0 ? factor * below[i]! : 0;
			}
			return result;
		},
	};
}

/** Local minima of a sequence, its ends among them; at least one, and exactly one if it is convex. */
export function localMinima(values: readonly number[]): number {
	let count = 0;
	let falling = true;
	values.forEach((value, i) => {
		const next = values[i + 1];
		if (next === undefined) count += falling ? 1 : 0;
		else if (next > value) {
			if (falling) count++;
			falling = false;
		} else if (next < value) falling = true;
	});
	return count;
}

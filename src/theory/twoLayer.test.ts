import { describe, expect, test } from 'vitest';
import { random } from './random.ts';
import { drawTwoLayer, tangentKernel } from './twoLayer.ts';

const shape = { width: 6, dimension: 3, outer: 'gauss', mirrored: false } as const;

/** f and its gradient by central differences over all weights. */
function gradient(net: ReturnType<typeof drawTwoLayer>, x: Float64Array): number[] {
	const f = () =>
		net.outer.reduce((sum, a, j) => {
			const u = x.reduce((s, c, i) => s + c * net.inner[j * x.length + i]!, 0);
			return sum + a * Math.max(0, u);
		}, 0);
	return [net.inner, net.outer].flatMap((weights) =>
		Array.from(weights, (w, at) => {
			weights[at] = w + 1e-6;
			const up = f();
			weights[at] = w - 1e-6;
			const down = f();
			weights[at] = w;
			return (up - down) / 2e-6;
		}),
	);
}

describe('two-layer ReLU network', () => {
	const x = Float64Array.of(0.6, 0.8, 0, 0, 0.6, 0.8);

	test.each([false, true])(
		'the kernel is the product of the gradients (mirrored: %s)',
		(mirrored) => {
			const net = drawTwoLayer({ ...shape, mirrored }, random(11));
			const gradients = [gradient(net, x.subarray(0, 3)), gradient(net, x.subarray(3))];
			const kernel = tangentKernel(net, 0.5, x, x);
			kernel.forEach((value, at) => {
				const [g, h] = [gradients[Math.floor(at / 2)]!, gradients[at % 2]!];
				expect(value).toBeCloseTo(0.25 * g.reduce((sum, v, i) => sum + v * h[i]!, 0), 6);
			});
		},
	);

	test('with a fixed outer layer only the slopes count', () => {
		const net = drawTwoLayer({ ...shape, outer: 'signs' }, random(12));
		const [both, first] = [tangentKernel(net, 1, x, x), tangentKernel(net, 1, x, x, false)];
		const activation = Array.from(net.outer, (_, j) =>
			Math.max(0, net.inner[3 * j]! * 0.6 + net.inner[3 * j + 1]! * 0.8),
		);
		expect(both[0]! - first[0]!).toBeCloseTo(
			activation.reduce((s, u) => s + u * u, 0),
			12,
		);
	});

	test('mirrored neurons cancel and need an even width', () => {
		const net = drawTwoLayer({ ...shape, mirrored: true }, random(13));
		expect(net.inner.slice(0, 9)).toEqual(net.inner.slice(9));
		expect(Array.from(net.outer.slice(0, 3), (a) => -a)).toEqual(Array.from(net.outer.slice(3)));
		expect(() => drawTwoLayer({ ...shape, width: 5, mirrored: true }, random(1))).toThrow('5');
	});
});

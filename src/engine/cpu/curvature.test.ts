import { describe, expect, it } from 'vitest';
import type { Activation, Job } from '#contract';
import { symmetricEigen } from '#theory/eigen.ts';
import { layersOf } from '../kernel.ts';
import { relativeError, smallJob } from '../selfTest.ts';
import { hessianProduct, sharpness, type LossSurface } from './curvature.ts';
import { cpuDevice } from './kernel.ts';
import { Net, type Weights } from './net.ts';

const smooth: readonly Activation[] = ['tanh', 'erf', 'softplus', 'linear'];
const cases = smooth.flatMap((activation) =>
	[
		[3, 1],
		[2, 4, 1],
		[2, 4, 3, 1],
	].flatMap((sizes) => [false, true].map((biases) => ({ activation, sizes, biases }))),
);

function surfaceOf(job: Job): LossSurface {
	const net = new Net(layersOf(job), job.network.activation);
	return { net, weights: job.weights, x: job.x, y: job.y, factor: job.lossFactor };
}

/** ∂ loss / ∂ W: one step of gradient descent with step size 1 tells it. */
async function gradient(job: Job, weights: Weights): Promise<Float64Array> {
	const kernel = cpuDevice.kernel({ ...job, weights, optimiser: { kind: 'gd', stepSize: 1 } });
	const before = await kernel.probe({ kind: 'weights' });
	kernel.steps(1);
	const after = await kernel.probe({ kind: 'weights' });
	return before.map((w, i) => w - after[i]!);
}

/** The Hessian, column by column, from products with unit vectors. */
function hessian(job: Job): Float64Array {
	const multiply = hessianProduct(surfaceOf(job));
	const size = job.weights.reduce((sum, w) => sum + w.length, 0);
	const matrix = new Float64Array(size * size);
	for (let k = 0; k < size; k++) {
		let at = 0;
		const unit = job.weights.map((w) => {
			const part = w.map((_, i) => Number(at + i === k));
			at += w.length;
			return part;
		});
		let row = k * size;
		for (const part of multiply(unit)) for (const value of part) matrix[row++] = value;
	}
	return matrix;
}

describe('curvature of the loss', () => {
	it.each(cases)(
		'times a direction is what the gradient changes by: $activation $sizes, biases: $biases',
		async (task) => {
			const job = smallJob({ ...task, samples: 4, replicas: 1 });
			const v = job.weights.map((w, l) => w.map((_, i) => Math.sin(3 * i + l + 1)));
			const h = 1e-5;
			const at = (by: number) => job.weights.map((w, l) => w.map((x, i) => x + by * v[l]![i]!));
			const [up, down] = [await gradient(job, at(h)), await gradient(job, at(-h))];
			const numerical = up.map((g, i) => (g - down[i]!) / (2 * h));
			const product = hessianProduct(surfaceOf(job))(v).flatMap((part) => [...part]);
			expect(relativeError(product, numerical)).toBeLessThan(1e-6);
		},
	);

	it.each([...smooth, 'relu'] as const)('λ_max is that of the whole matrix: %s', (activation) => {
		const task = { sizes: [3, 5, 4, 1], samples: 9, activation, replicas: 1, biases: true };
		const job = smallJob(task);
		const { values } = symmetricEigen(hessian(job));
		const found = sharpness(surfaceOf(job));
		expect(Math.abs(found / values.at(-1)! - 1)).toBeLessThan(1e-6);
	});

	it('counts trained layers alone', () => {
		const job = smallJob({ sizes: [3, 5, 1], samples: 9, activation: 'tanh', replicas: 1 });
		const only = { ...job, network: { ...job.network, trained: [false, true] } };
		const outer = hessian(job);
		const inner = 15;
		const corner = new Float64Array(25).map(
			(_, k) => outer[(inner + Math.floor(k / 5)) * 20 + inner + (k % 5)]!,
		);
		const { values } = symmetricEigen(corner);
		expect(sharpness(surfaceOf(only)) / values.at(-1)!).toBeCloseTo(1, 8);
	});
});

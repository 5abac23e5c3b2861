import { expect, test } from 'vitest';
import { random } from '#theory/random.ts';
import { adam } from './adam.ts';
import { backward, drawDenoiser, forward, type Activation } from './denoiser.ts';
import { classesAt, scoreAlong } from './mixture.ts';
import { drawAcross, drawBatch, learnedScore, lossOf, schooled } from './scoreMatching.ts';
import { projections } from './walk.ts';

const mixture = { d: 3, mu: 1, s: 0.5 };
const asleep = () => Promise.resolve();

test.each<Activation>(['tanh', 'linear'])('the gradient is that of the loss, %s', (activation) => {
	// Odd sizes, so that every remainder of a loop by fours is walked.
	const net = drawDenoiser([5, 6, 7, 3], activation, random(0, 'test'));
	const { inputs, noise } = drawBatch(mixture, 6, random(1, 'test'));
	const half = () => {
		forward(net, inputs);
		return backward(net, inputs, noise) / 2;
	};
	half();
	const slopes = net.layers.map(({ slope }) => slope.slice());
	net.layers.forEach(({ weights }, l) => {
		for (let k = 0; k < weights.length; k += 3) {
			const kept = weights[k]!;
			const at = (w: number) => ((weights[k] = w), half());
			const slope = (at(kept + 1e-5) - at(kept - 1e-5)) / 2e-5;
			weights[k] = kept;
			expect(slopes[l]![k], `layer ${l}, weight ${k}`).toBeCloseTo(slope, 7);
		}
	});
});

test('the first step of Adam has the length of the step size', () => {
	const net = drawDenoiser([2, 1], 'linear', random(0, 'test'));
	const [layer] = net.layers;
	const before = layer!.weights.slice();
	layer!.slope.set([0.3, -2, 5]);
	adam(net.layers)(0.1);
	layer!.weights.forEach((w, k) =>
		expect(w - before[k]!, 'Adam').toBeCloseTo(-0.1 * Math.sign(layer!.slope[k]!), 6),
	);
});

test('a batch is data and noise, and points across have the projection asked for', () => {
	const { inputs, noise, t } = drawBatch(mixture, 2000, random(4, 'test'));
	let square = 0;
	t.forEach((time, i) => {
		expect(inputs[i * 5 + 3]).toBeCloseTo(Math.exp(-time), 12);
		for (let k = 0; k < 3; k++) {
			const clean = (inputs[i * 5 + k]! - inputs[i * 5 + 4]! * noise[i * 3 + k]!) * Math.exp(time);
			square += clean ** 2 / 6000;
		}
	});
	expect(square, 'E x₀² = μ² + s²').toBeGreaterThan(1.15);
	expect(square).toBeLessThan(1.35);
	for (const u of projections(drawAcross(mixture, 0.5, 0.7, 5, random(5, 'test')), 3))
		expect(u).toBeCloseTo(0.7, 12);
});

test('a short training comes near the score where data are', async () => {
	const schooling = { width: 16, activation: 'tanh', batch: 64, steps: 400, points: 0 } as const;
	const tests = drawBatch(mixture, 2000, random(6, 'test'));
	const losses: number[] = [];
	for await (const { net, step } of schooled(mixture, schooling, 0, [0, 400], asleep)) {
		losses.push(lossOf(net, tests));
		if (step === 0) continue;
		const { c } = classesAt(mixture, 0.8);
		const x = drawAcross(mixture, 0.8, c + 0.5, 40, random(7, 'test'));
		const along = projections(learnedScore(net, x, 3, 0.8), 3);
		const mean = along.reduce((sum, v) => sum + v, 0) / along.length;
		expect(Math.abs(mean - scoreAlong(mixture, 0.8, c + 0.5)), 'the learned score').toBeLessThan(
			0.25,
		);
	}
	expect(losses[1]).toBeLessThan(losses[0]! / 3);
});

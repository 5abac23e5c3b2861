import { describe, expect, test } from 'vitest';
import { createNodeLab } from '#engine/node.ts';
import { split } from '#theory/arrays.ts';
import { deepJob, meanSquare, piecesOf, shallowJob, type SeparationRun } from './separation.ts';
import { survivors } from './survivors.ts';

const run: SeparationRun = {
	params: { folds: 3, widths: [2, 8], activation: 'relu', steps: 40, rate: 0.01 },
	seed: 1,
	seeds: 2,
};

describe.each(['relu', 'tanh'])('training with %s', (activation) => {
	test('units beyond a network’s width stay zero, and change nothing', async () => {
		const lab = await createNodeLab('cpu');
		const params = { ...run.params, activation };
		const together = await lab.open(shallowJob({ ...run, params }));
		const alone = await lab.open(shallowJob({ ...run, params: { ...params, widths: [2] } }));
		await together.advance(40);
		await alone.advance(40);
		const [first] = split(await together.probe({ kind: 'weights' }), 4);
		expect(Array.from(first!.subarray(4, 16)).every((w) => w === 0)).toBe(true);
		const [a] = split(await together.probe({ kind: 'outputs' }), 4);
		const [b] = split(await alone.probe({ kind: 'outputs' }), 2);
		a!.forEach((f, i) => expect(f).toBeCloseTo(b![i]!, 12));
	});
});

test('the kinks of the first layer start inside [0, 1], all of them', () => {
	const job = shallowJob({ ...run, seeds: 20 });
	// Two widths, twenty seeds: the kinks of width 8 are all of its breakpoints.
	const flat = job.weights.map((w) => split(w, job.replicas));
	const weights = Float64Array.from(flat[0]!.flatMap((inner, r) => [...inner, ...flat[1]![r]!]));
	expect(piecesOf(weights, job)).toEqual([
		...Array<number>(20).fill(3),
		...Array<number>(20).fill(9),
	]);
});

test('the error is that of the loss probe', async () => {
	const lab = await createNodeLab('cpu');
	const job = deepJob(run);
	const session = await lab.open(job);
	const [outputs] = split(await session.probe({ kind: 'outputs' }), 2);
	const [loss] = await session.probe({ kind: 'loss' });
	expect(meanSquare(outputs!, 3)).toBeCloseTo(loss!, 12);
});

describe('networks that have blown up', () => {
	test('are left out of the mean, and kept among the seeds', () => {
		const curve = survivors(
			[1, 2],
			[
				[1, 5],
				[NaN, 6],
				[3, Infinity],
			],
		);
		expect(curve.y).toEqual([2, 5.5]);
		expect(curve.each).toHaveLength(3);
		expect(curve.each?.[1]?.[0]).toBeNaN();
	});

	test('all of them: no mean is left', () => {
		expect(survivors([1], [[NaN]]).y).toEqual([NaN]);
	});

	test('have no pieces', () => {
		const job = deepJob({ ...run, seeds: 1 });
		expect(piecesOf(new Float64Array(241).fill(NaN), job)).toEqual([NaN]);
	});
});

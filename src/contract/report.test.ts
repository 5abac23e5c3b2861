import { describe, expect, test } from 'vitest';
import { ensemble } from './curve.ts';
import { defineFigure, type Frame } from './figure.ts';
import { Collection, reportOn, restrict, type Measured } from './report.ts';

interface Point extends Frame {
	readonly values: number[];
}
type Params = { slope: number };

const figure = defineFigure<Params, Point>({
	title: 'A line',
	knobs: { slope: { kind: 'number', label: 'slope', min: 0, max: 4, default: 2, scale: 'linear' } },
	seeds: 2,
	reduced: { params: {}, seeds: 2 },
	panels: [],
	presets: [],
	steps: () => 2,
	async *frames() {
		await Promise.resolve();
		for (const step of [0, 1, 2]) yield { step, values: [2 * step, 2 * step + 0.1] };
	},
	summary: () => '',
	predictions: (['grow', 'replace'] as const).map((draws) => ({
		id: draws,
		title: draws,
		labels: { predicted: 'p', measured: 'm' },
		source: { cite: 'none', where: '' },
		panel: '',
		draws,
		claim: { kind: 'equal', gap: 'absolute', within: () => 0.06, because: 'a test' },
		hypotheses: [
			{
				id: 'small',
				text: 'slope ≤ 3',
				broken: ({ params }) => (params.slope > 3 ? 'slope > 3' : null),
			},
		],
		predict: ({ params }) => ({
			x: [0, 0.5, 1, 2],
			y: [0, 0.5, 1, 2].map((v) => params.slope * v),
		}),
		measure: ({ step, values }) =>
			ensemble(
				[step],
				values.map((v) => [v]),
			),
	})),
});

async function measured(): Promise<Measured> {
	const collection = new Collection(figure);
	const run = { params: { slope: 2 }, seed: 1, seeds: 2 };
	const lab = { open: () => Promise.reject(new Error('no training here')) };
	for await (const frame of figure.frames(run, lab, new AbortController().signal)) {
		collection.add(frame);
	}
	return collection.measured;
}
const report = async (index: number, slope: number, finished = true) => {
	const prediction = figure.predictions[index]!;
	const run = { params: { slope }, seed: 1, seeds: 2 };
	return reportOn(prediction, run, 2, (await measured())[prediction.id]!, finished);
};

describe('reports', () => {
	test('frames are collected: one prediction grows, the other is replaced', async () => {
		const all = await measured();
		expect(all.grow?.x).toEqual([0, 1, 2]);
		expect(all.grow?.each).toEqual([
			[0, 2, 4],
			[0.1, 2.1, 4.1],
		]);
		expect(all.replace?.x).toEqual([2]);
	});

	test('a report carries both curves at the measured abscissae, and survives JSON', async () => {
		const told = await report(0, 2);
		expect(told).toMatchObject({
			x: [0, 1, 2],
			predicted: [0, 2, 4],
			verdict: 'agrees',
			seedsInside: 1,
		});
		expect(told.measured[2]).toBeCloseTo(4.05, 12);
		expect(told.claim).toEqual({ kind: 'equal', gap: 'absolute', within: 0.06, because: 'a test' });
		expect(JSON.parse(JSON.stringify(told))).toEqual(told);
	});

	test('a broken hypothesis is named, with its numbers', async () => {
		const told = await report(0, 4);
		expect(told.verdict).toBe('outside the theorem');
		expect(told.hypotheses).toEqual([{ id: 'small', holds: false, text: 'slope > 3' }]);
	});

	test('restricting picks by abscissa, seeds and all, and throws where nothing is predicted', () => {
		const curve = { x: [0, 1, 2], y: [5, 6, 7], each: [[50, 60, 70]] };
		expect(restrict(curve, [2, 0], 'id')).toEqual({ x: [2, 0], y: [7, 5], each: [[70, 50]] });
		expect(() => restrict(curve, [3], 'loss')).toThrow('loss: nothing is predicted at x = 3');
	});
});

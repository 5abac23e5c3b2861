import { describe, expect, test } from 'vitest';
import {
	collect,
	defaults,
	reportOn,
	type Figure,
	type Knob,
	type Measured,
	type Params,
	type PredictionReport,
} from '#contract';
import fineGrained from './figures/fineGrained.ts';
import kernel from './figures/kernel.ts';
import training from './figures/training.ts';
import { plainLab } from './plainLab.ts';

const figures: [string, Figure][] = Object.entries({ kernel, training, fineGrained });

/** Runs a figure to its end in plain float64. */
async function run(
	figure: Figure,
	values: Partial<Params>,
	seeds: number,
	seed = 1,
): Promise<PredictionReport[]> {
	const params = { ...defaults(figure.knobs), ...values } as Params;
	const whole = { params, seed, seeds };
	let [measured, step]: [Measured, number] = [{}, 0];
	for await (const frame of figure.frames(whole, plainLab, new AbortController().signal)) {
		measured = collect(figure, measured, frame);
		step = frame.step;
	}
	expect(step).toBe(figure.steps(whole));
	return figure.predictions.map((p) => reportOn(p, whole, step, measured[p.id]!, true));
}

describe.each(figures)('figure %s', (_, figure) => {
	test('every claim agrees at the reduced setting', async () => {
		for (const told of await run(figure, figure.reduced.params, figure.reduced.seeds)) {
			expect(told.verdict, `${told.id}: ${told.sentence}`).toBe('agrees');
		}
	});

	test('the hypotheses hold at the defaults; a preset breaks the one it names and no other', () => {
		const broken = (values: Partial<Params>) => {
			const params = { ...defaults(figure.knobs), ...values } as Params;
			const at = { params, seed: 1, seeds: figure.seeds };
			const all = figure.predictions.flatMap((p) => p.hypotheses);
			return [...new Set(all.filter((h) => h.broken(at) !== null).map((h) => h.id))];
		};
		expect(broken({})).toEqual([]);
		for (const preset of figure.presets) {
			expect(broken(preset.values), preset.id).toEqual(preset.breaks ? [preset.breaks] : []);
		}
	});

	test('at either end of every knob the predictions are finite and the hypotheses speak', () => {
		for (const [id, knob] of Object.entries<Knob>(figure.knobs)) {
			for (const value of ends(knob)) {
				const params = {
					...defaults(figure.knobs),
					...figure.reduced.params,
					[id]: value,
				} as Params;
				const at = { params, seed: 1, seeds: 1 };
				for (const prediction of figure.predictions) {
					const { x, y } = prediction.predict(at, figure.steps(at));
					expect(x.length).toBe(y.length);
					expect(y.every(Number.isFinite), `${prediction.id} at ${id} = ${value}`).toBe(true);
					for (const { broken } of prediction.hypotheses) expect(broken(at)).not.toBe('');
				}
			}
		}
	});

	test('stopping frees the session', async () => {
		let open = 0;
		const counting = {
			open: async (job: Parameters<typeof plainLab.open>[0]) => {
				const session = await plainLab.open(job);
				open++;
				return { ...session, dispose: () => void open-- };
			},
		};
		const params = { ...defaults(figure.knobs), ...figure.reduced.params } as Params;
		const run = { params, seed: 1, seeds: 1 };
		const frames = figure.frames(run, counting, new AbortController().signal);
		const iterator = frames[Symbol.asyncIterator]();
		await iterator.next();
		await iterator.return?.();
		expect(open).toBe(0);
	});
});

function ends(knob: Knob): (number | string | readonly number[])[] {
	switch (knob.kind) {
		case 'number':
			return [knob.min, knob.max];
		case 'choice':
			return Object.keys(knob.options);
		case 'set':
			return [knob.options.slice(0, 1), knob.options];
	}
}

test('α = 16, m = 1024, 8 seeds: within the sheet’s table of the linearised loss', async () => {
	const told = (await run(training, {}, 8)).find(({ id }) => id === 'loss-linearised')!;
	for (const [t, within] of [
		[5, 0.001],
		[20, 0.004],
		[50, 0.009],
		[100, 0.018],
		[200, 0.043],
	] as const) {
		const i = told.x.indexOf(t);
		const gap = Math.abs(told.measured[i]! / told.predicted[i]! - 1);
		// One draw of 8 seeds in the sheet, another here: twice its figures.
		expect(gap, `t = ${t}`).toBeLessThan(2 * within);
	}
});

test('at α = 1 the network lags behind the theory: the loss at t = 200 is 30 % or more above', async () => {
	const told = (await run(training, { alpha: 1 }, 8)).find(({ id }) => id === 'loss-infinite')!;
	expect(told.measured.at(-1)! / told.predicted.at(-1)!).toBeGreaterThan(1.3);
	expect(told.verdict).toBe('outside the theorem');
});

test('a loss that has sunk into rounding is not held against the theory', async () => {
	const values = { width: 256, frequencies: [1], steps: 1000 };
	const told = (await run(training, values, 2)).find(({ id }) => id === 'loss-linearised')!;
	expect(told.verdict, told.sentence).toBe('agrees');
	expect(JSON.parse(JSON.stringify(told))).toEqual(told);
});

/** A small figure and an engine without workers, for the tests of the components. */
import {
	join,
	defineFigure,
	reportOn,
	type Curve,
	type Figure,
	type Grid,
	type Report,
	type Run,
} from '#contract';
import type {
	Address,
	LabClient,
	Predicted,
	Running,
	RunOptions,
	Update,
} from '#engine/protocol.ts';

type Params = {
	rate: number;
	width: number;
	labels: string;
	waves: readonly number[];
	target: string;
	pattern: readonly number[];
};

const times = [0, 1, 2, 3, 4];
const values = (run: Run<Params>) => times.map((t) => (1 - run.params.rate) ** t);

/** A function on n × n places of [−1, 1]². */
function over(n: number, f: (x: number, y: number) => number): Grid {
	const side = Array.from({ length: n }, (_, i) => (2 * i) / (n - 1) - 1);
	return { x: side, y: side, values: side.flatMap((y) => side.map((x) => f(x, y))) };
}

/** f_t = (1 − η)^t on two panels and two pictures, with a knob of every kind. */
export const fakeFigure: Figure = defineFigure<Params, { step: number; y: number }>({
	title: 'Decay',
	knobs: {
		rate: {
			kind: 'number',
			label: 'step size',
			symbol: '\\eta',
			min: 0.1,
			max: 3,
			step: 0.1,
			default: 0.5,
			scale: 'linear',
		},
		width: {
			kind: 'number',
			label: 'width',
			symbol: 'm',
			min: 16,
			max: 4096,
			step: 2,
			default: 1024,
			scale: 'log',
		},
		labels: {
			kind: 'choice',
			label: 'labels',
			options: { linear: 'a linear rule', random: 'coin flips' },
			default: 'linear',
		},
		waves: { kind: 'set', label: 'frequencies', options: [1, 2, 3, 4], default: [1, 2] },
		target: {
			kind: 'expression',
			label: 'target',
			symbol: 'f',
			variables: ['x'],
			presets: { sine: 'sin(2*pi*x)', bump: 'exp(-(x-0.5)^2)' },
			default: 'sin(2*pi*x)',
			drawing: { heights: 5, low: -1, high: 1 },
		},
		pattern: { kind: 'list', label: 'pattern', min: 0, max: 9, most: 3, default: [1, 2] },
	},
	seeds: 2,
	reduced: { params: {}, seeds: 1 },
	panels: [
		{
			id: 'decay',
			title: 'Decay',
			x: { label: 'step t', scale: 'linear' },
			y: { label: 'output', scale: 'linear' },
		},
		{
			id: 'other',
			title: 'The other panel',
			x: { label: 'step t', scale: 'linear' },
			y: { label: 'output', scale: 'linear' },
		},
	],
	predictions: ['decay', 'other'].map((panel) => ({
		id: `${panel}-output`,
		title: `the output in ${panel}`,
		labels: { predicted: 'formula', measured: 'network' },
		source: { cite: 'lee2019', where: 'Section 2' },
		panel,
		draws: 'grow' as const,
		claim: { kind: 'equal', gap: 'absolute', within: () => 1e-3, because: 'a test' } as const,
		hypotheses: [
			{
				id: 'step',
				text: 'the step is shorter than 2',
				broken: ({ params }: Run<Params>) => (params.rate < 2 ? null : `step ${params.rate} > 2`),
			},
		],
		predict: (run: Run<Params>) => ({ x: times, y: values(run) }),
		measure: ({ step, y }: { step: number; y: number }) => ({ x: [step], y: [y] }),
	})),
	pictures: [
		{
			id: 'bowl',
			title: 'A bowl',
			x: { label: 'weight u', scale: 'linear' },
			y: { label: 'weight v', scale: 'linear' },
			colour: { label: 'loss', kind: 'magnitude' },
			surface: true,
			draw: ({ step }) => over(21, (x, y) => x * x + y * y + step),
			describe: ({ values }) => `The loss grows from ${Math.min(...values)} in the middle.`,
		},
		{
			id: 'regions',
			title: 'Regions',
			x: { label: 'x₁', scale: 'linear' },
			y: { label: 'x₂', scale: 'linear' },
			colour: { label: 'region', kind: 'regions' },
			draw: () => over(31, (x, y) => (x > 0.3 ? 1 : 0) + (y > x ? 2 : 0)),
			describe: ({ values }) => `The plane falls into ${new Set(values).size} regions.`,
		},
	],
	presets: [
		{
			id: 'too-long',
			label: 'too long a step',
			values: { rate: 2.5 },
			why: 'Every step overshoots.',
			breaks: 'step',
		},
	],
	steps: () => 4,
	// The fake engine answers in its place; nothing here is ever trained.
	frames: () => ({
		[Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
	}),
	summary: ({ steps }) => `After ${steps} steps the output is small.`,
});

/** The document of a fake run after some of its frames. */
export function fakeReport(address: Address, run: Run, frames = times.length): Report {
	const predictions = fakeFigure.predictions.map((prediction) => {
		const { x, y } = prediction.predict(run, 4);
		const point = (t: number): Curve => ({ x: [x[t] ?? NaN], y: [y[t] ?? NaN] });
		const measured = join(times.slice(0, frames).map(point));
		return reportOn(prediction, run, frames - 1, measured, frames === times.length);
	});
	const { params, seed, seeds } = run;
	const rest = { seconds: 0.1, steps: frames - 1, backend: 'cpu' as const, predictions };
	return { format: 1, ...address, params, seed, seeds, ...rest };
}

/** What the fake engine does and has been asked. */
export interface FakeLab extends LabClient {
	readonly predicted: Run[];
	readonly started: { run: Run; options: RunOptions | undefined }[];
	readonly stopped: number;
	readonly turned: number[];
}

/** Milliseconds between frames, and where given, how the run ends. */
export interface FakeOptions {
	readonly pace?: number;
	readonly failed?: string;
	readonly early?: string;
	/** The figure trains no network. */
	readonly plain?: boolean;
}

/** An engine that answers from the formula. */
export function fakeLab({ pace = 5, failed, early, plain }: FakeOptions = {}): FakeLab {
	const log = {
		predicted: [] as Run[],
		started: [] as FakeLab['started'][number][],
		stopped: 0,
		turned: [] as number[],
	};
	return Object.assign(log, {
		predict(_address: Address, run: Run): Promise<Predicted> {
			log.predicted.push(run);
			return Promise.resolve(predictedOf(run));
		},
		start(address: Address, run: Run, options?: RunOptions): Running {
			log.started.push({ run, options });
			return fakeRun(address, run, options, {
				pace,
				failed,
				early,
				plain,
				onStop: () => log.stopped++,
				onTurn: (value) => log.turned.push(value),
			});
		},
	});
}

function predictedOf(run: Run): Predicted {
	return Object.fromEntries(fakeFigure.predictions.map((p) => [p.id, p.predict(run, 4)]));
}

function fakeRun(
	address: Address,
	run: Run,
	options: RunOptions = {},
	{
		pace = 5,
		failed,
		early,
		plain,
		onStop,
		onTurn,
	}: FakeOptions & { onStop: () => void; onTurn: (value: number) => void },
): Running {
	let paused = options.paused ?? false;
	let allowed = 0;
	let over = false;
	const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
	async function* updates(): AsyncGenerator<Update, void, void> {
		const notes = options.lane ? [] : ['WebGL is not available here.'];
		const info = { lane: options.lane ?? 'wasm', selfTestError: 3e-7, renderer: 'none', notes };
		yield { kind: 'lane', info, kernelsPerStep: 14 };
		for (const t of times) {
			while (paused && allowed === 0 && !over) await wait(2);
			if (over) return;
			if (paused) allowed--;
			yield {
				kind: 'frame',
				report: fakeReport(address, run, t + 1),
				predicted: predictedOf(run),
				frame: { step: t },
				progress: t / 4,
				stepsPerSecond: 2400,
				isPlain: plain ?? false,
			};
			if (failed !== undefined && t === 1) return yield { kind: 'failed', sentence: failed };
			if (!paused) await wait(pace);
			if (over) return;
		}
		yield { kind: 'done', report: fakeReport(address, run), early: early ?? null };
	}
	return {
		pause: () => ((paused = true), Promise.resolve()),
		resume: () => void (paused = false),
		step: () => void allowed++,
		turn: (value) => onTurn(value),
		stop: () => {
			if (!over) onStop();
			over = true;
			return Promise.resolve();
		},
		[Symbol.asyncIterator]: updates,
	};
}

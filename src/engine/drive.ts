import {
	Collection,
	reportOn,
	sameThroughout,
	type Curve,
	type Figure,
	type Frame,
	type LiveTurn,
	type Measured,
	type Prediction,
	type PredictionReport,
	type Report,
	type Run,
} from '#contract';
import { Gate } from './gate.ts';
import type { LaneLab } from './lab.ts';
import type { Address, Predicted, Update } from './protocol.ts';
import { Bounds } from './runaway.ts';

export interface DriveOptions {
	readonly signal?: AbortSignal;
	/** The gate the lab was made with, so that a paused run waits between frames too. */
	readonly gate?: Gate;
	readonly onFrame?: (update: Extract<Update, { kind: 'frame' }>) => void;
}

export interface Outcome {
	readonly report: Report;
	/** One sentence, where the run was ended before its time; null where it ran to its end. */
	readonly early: string | null;
	/** Kernels the lane dispatched per training step; null where it trained nothing or has none to count. */
	readonly kernelsPerStep: number | null;
}

/**
 * Pictures are made at most this often, in milliseconds, and take at most a fifth of the time; every
 * frame is measured all the same.
 */
const pictureMs = 1000 / 30;
const restPerPicture = 4;

/**
 * Runs a figure to its end on a lab: one driver for the page, the command line and the tests. Rejects
 * with AbortError if stopped, and with what the figure throws; disposes the lab in any case.
 */
export async function drive(
	address: Address,
	figure: Figure,
	run: Run,
	lab: LaneLab,
	{ signal = new AbortController().signal, gate = new Gate(), onFrame }: DriveOptions = {},
): Promise<Outcome> {
	const start = performance.now();
	const seconds = () => (performance.now() - start - gate.waited) / 1000;
	const total = Math.max(1, figure.steps(run));
	const collection = new Collection(figure);
	let latest: Frame | null = null;
	let shown: Frame | null = null;
	let nextPictureAt = -Infinity;
	let bounds: Bounds | null = null;
	let early: string | null = null;

	const report = (step: number, predicted: Predicted, finished: boolean): Report => ({
		format: 1,
		lesson: address.lesson,
		figure: address.figure,
		params: run.params,
		seed: run.seed,
		seeds: run.seeds,
		backend: lab.info.lane,
		seconds: seconds(),
		steps: step,
		predictions: reportsOn(figure, run, lab.turns, step, collection.measured, predicted, finished),
	});
	const show = (frame: Frame) => {
		shown = frame;
		const since = performance.now();
		const predicted = predictAt(figure, run, frame.step);
		onFrame?.({
			kind: 'frame',
			report: report(frame.step, predicted, false),
			predicted,
			frame,
			progress: Math.min(1, frame.step / total),
			stepsPerSecond: frame.step / Math.max(seconds(), 1e-3),
			isPlain: lab.isIdle,
		});
		const now = performance.now();
		nextPictureAt = Math.max(since + pictureMs, now + restPerPicture * (now - since));
	};
	/** Before the run stands still or ends, the page sees where. */
	const catchUp = () => {
		if (onFrame && latest && latest !== shown) show(latest);
	};

	const frames = figure.frames(run, lab, signal)[Symbol.asyncIterator]();
	try {
		for (;;) {
			if (gate.isClosed) catchUp();
			await gate.pass(signal);
			const next = await frames.next();
			if (next.done) break;
			latest = next.value;
			const measured = collection.add(latest);
			const led = !gate.isOpen;
			gate.frame();
			if (onFrame && (led || performance.now() >= nextPictureAt)) show(latest);
			bounds ??= new Bounds(figure, run, measured, predictAt(figure, run, latest.step));
			if (bounds.leftBy(measured)) {
				const why = await lab.whyRunaway();
				const place = `The run left all bounds at step ${latest.step}`;
				early = why === null ? `${place} and was ended there.` : `${place}: ${why}.`;
				break;
			}
		}
		signal.throwIfAborted();
		catchUp();
		const step = (latest as Frame | null)?.step ?? 0;
		const final = report(step, predictAt(figure, run, step), true);
		return { report: final, early, kernelsPerStep: lab.kernelsPerStep };
	} finally {
		gate.end();
		await frames.return?.().catch(() => undefined);
		lab.dispose();
	}
}

/** All predictions, laid over the clock of `step`. */
export function predictAt(figure: Figure, run: Run, step: number): Predicted {
	return Object.fromEntries(
		figure.predictions.map((prediction) => [prediction.id, prediction.predict(run, step)]),
	);
}

/** Judges what has been measured; each curve is predicted once, for the picture and the verdict. */
function reportsOn(
	figure: Figure,
	run: Run,
	turns: readonly LiveTurn[],
	step: number,
	measured: Measured,
	predicted: Predicted,
	finished: boolean,
): PredictionReport[] {
	const throughout = sameThroughout(figure, turns);
	return figure.predictions.map((prediction) => {
		const curve = predicted[prediction.id] ?? empty;
		const hypotheses = [...prediction.hypotheses, ...throughout];
		const known: Prediction = { ...prediction, hypotheses, predict: () => curve };
		return reportOn(known, run, step, measured[prediction.id] ?? empty, finished);
	});
}

const empty: Curve = { x: [], y: [] };

import { liveKnob, type Figure, type Run } from '#contract';
import { checkRun, isAddress } from './checkRun.ts';
import { drive, predictAt } from './drive.ts';
import { Duty, dutyFor } from './duty.ts';
import { Gate } from './gate.ts';
import { LaneLab } from './lab.ts';
import type { Lanes } from './lane.ts';
import { Outbox } from './outbox.ts';
import type { Address, RunOptions } from './protocol.ts';
import { isAbort, sentenceOf } from './sentence.ts';
import type { FromWorker, Port, ToWorker } from './wire.ts';

/** Loads a figure's module; undefined where there is none at this address. */
export type LoadFigure = (address: Address) => Promise<Figure> | undefined;

interface LiveRun {
	readonly stop: AbortController;
	readonly gate: Gate;
	readonly outbox: Outbox;
	/** Null until its lane is chosen. */
	lab: LaneLab | null;
	readonly run: Run;
	/** Where the live knob was turned to while there was no lab yet. */
	turned: number | null;
	/** The figure's live knob; null where it has none. */
	knob: string | null;
}

/**
 * The worker's side: answers `predict` and drives runs. Nothing it is sent can make it throw. Told of
 * few cores, it leaves the page a share of the time.
 */
export function serve(port: Port, load: LoadFigure, lanes: Lanes, cores?: number): void {
	const runs = new Map<number, LiveRun>();
	const post = (message: FromWorker) => port.postMessage(message);

	async function figureAt(address: Address, run: Run): Promise<Figure> {
		const loading = isAddress(address) ? load(address) : undefined;
		if (!loading)
			throw new RangeError(`There is no figure “${address.figure}” in lesson “${address.lesson}”.`);
		const figure = await loading.catch(() => {
			throw new Error(
				'This figure could not be loaded. Check the connection and load the page again.',
			);
		});
		checkRun(figure, run);
		return figure;
	}

	async function predict(id: number, address: Address, run: Run): Promise<void> {
		try {
			const figure = await figureAt(address, run);
			const predicted = predictAt(figure, run, figure.steps(run));
			post({ id, kind: 'predicted', predicted });
		} catch (error) {
			post({ id, kind: 'problem', sentence: sentenceOf(error) });
		}
	}

	async function start(id: number, address: Address, run: Run, options: RunOptions): Promise<void> {
		const stop = new AbortController();
		const gate = new Gate();
		const outbox = new Outbox((update) => post({ id, kind: 'update', update }));
		const { signal } = stop;
		if (options.paused) void gate.pause();
		const live: LiveRun = { stop, gate, outbox, run, lab: null, turned: null, knob: null };
		runs.set(id, live);
		try {
			const figure = await figureAt(address, run);
			live.knob = liveKnob(figure);
			if (options.decisions) lanes.recall(options.decisions);
			lanes.onDecided = (decisions) => post({ id, kind: 'decided', decisions });
			const automatic = options.lane === undefined;
			const lane = await orAbort(automatic ? lanes.first() : lanes.choose(options.lane), signal);
			const duty = new Duty(dutyFor(cores));
			const lab = new LaneLab(lane, { signal, gate, duty, lanes, automatic, onLane: tellLane });
			live.lab = lab;
			if (live.turned !== null) turn(live, live.turned);
			let counted: number | null = null;
			function tellLane(): void {
				const { info, kernelsPerStep } = lab;
				counted = kernelsPerStep;
				outbox.send({ kind: 'lane', info, kernelsPerStep });
			}
			tellLane();
			const { report, early } = await drive(address, figure, run, lab, {
				signal,
				gate,
				onFrame(update) {
					outbox.send(update);
					if (counted === null && lab.kernelsPerStep !== null) tellLane();
				},
			});
			outbox.send({ kind: 'done', report, early });
		} catch (error) {
			if (!isAbort(error)) outbox.send({ kind: 'failed', sentence: sentenceOf(error) });
		} finally {
			gate.end();
			runs.delete(id);
			post({ id, kind: 'ended' });
		}
	}

	/** Turns the live knob of a run that trains, or is about to. */
	function turn(live: LiveRun, value: number): void {
		live.turned = value;
		const began = live.knob === null ? undefined : live.run.params[live.knob];
		if (typeof began !== 'number' || !(value > 0)) return;
		try {
			live.lab?.turn(began, value);
		} catch (error) {
			live.outbox.send({ kind: 'failed', sentence: sentenceOf(error) });
		}
	}

	port.onmessage = ({ data }) => {
		const message = data as ToWorker;
		const { id } = message;
		const live = runs.get(id);
		switch (message.kind) {
			case 'predict':
				return void predict(id, message.address, message.run);
			case 'start':
				return void start(id, message.address, message.run, message.options);
			case 'pause':
				return void live?.gate.pause().then(() => post({ id, kind: 'still' }));
			case 'resume':
				return live?.gate.resume();
			case 'step':
				return live?.gate.step();
			case 'stop':
				return live?.stop.abort();
			case 'turn':
				if (live) turn(live, message.value);
				return;
			case 'ping':
				return post({ id, kind: 'pong' });
			case 'credit':
				return live?.outbox.taken();
		}
	};
}

/** The promise, or an AbortError as soon as the signal aborts; the promise itself goes on for the next who asks. */
function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
	return new Promise((resolve, reject) => {
		const abort = () => reject(signal.reason as Error);
		if (signal.aborted) abort();
		signal.addEventListener('abort', abort, { once: true });
		promise.then(resolve, reject);
	});
}

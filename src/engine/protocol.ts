import type { Curve, Frame, Lane, LaneInfo, Report, Run } from '#contract';
import type { Decisions } from './decisions.ts';

/** Which figure, of which lesson: `ntk/training`. */
export interface Address {
	readonly lesson: string;
	readonly figure: string;
}

/** Prediction id → its whole curve, for drawing; denser than the measured abscissae where that looks better. */
export type Predicted = Readonly<Record<string, Curve>>;

/**
 * What a run tells its page, in order: lane (again when its kernels are counted, when the lane gives
 * way to one that suits its job, and when it is lost), frames, then one of done or failed.
 */
export type Update =
	| { readonly kind: 'lane'; readonly info: LaneInfo; readonly kernelsPerStep: number | null }
	| {
			readonly kind: 'frame';
			readonly report: Report;
			readonly predicted: Predicted;
			/** The latest frame as the figure yielded it, for views of a lesson's own. */
			readonly frame: Frame;
			/** 0 to 1. */
			readonly progress: number;
			readonly stepsPerSecond: number;
			/** The figure has opened no network so far: it computes by itself, in float64. */
			readonly isPlain: boolean;
	  }
	/** The run gave way to another on the page; `resume` takes the turn back. */
	| { readonly kind: 'paused' }
	/** `early` is one sentence where the run was ended before its time; its hypotheses may say why. */
	| { readonly kind: 'done'; readonly report: Report; readonly early: string | null }
	/** One sentence: what happened and what to do next. */
	| { readonly kind: 'failed'; readonly sentence: string };

export interface RunOptions {
	/** The reader's choice; left out, the lane that suits the device and the first job of the run. */
	readonly lane?: Lane;
	/** Begins paused, so that `step` yields the first frame. */
	readonly paused?: boolean;
	/** What trials of earlier visits have decided on this device. */
	readonly decisions?: Decisions;
}

/** A run under way. Iterate it for updates; a slow consumer skips frames and never queues them. */
export interface Running extends AsyncIterable<Update> {
	/** Resolves once training stands still, within 100 ms. */
	pause(): Promise<void>;
	resume(): void;
	/** While paused: trains on to the next frame. */
	step(): void;
	/**
	 * Turns the figure's live knob while the run trains: from its next step on, all step sizes are
	 * changed in proportion, and its report says so.
	 */
	turn(value: number): void;
	/** Ends the run and frees what it holds; iteration then ends. */
	stop(): Promise<void>;
}

/** What the page knows of the engine. Two workers stand behind it: one for theory, one for training. */
export interface LabClient {
	/** The predictions at the clock of a finished run, before anything is trained; rejects with one sentence. */
	predict(address: Address, run: Run): Promise<Predicted>;
	start(address: Address, run: Run, options?: RunOptions): Running;
}

/** One figure's run as its components see it: theory first, the network second. */
import {
	defaults,
	type Figure,
	type Frame,
	type KnobValue,
	type Lane,
	type LaneInfo,
	type Params,
	type RecordedPicture,
	type Recording,
	type Report,
	type Run,
	seedRange,
} from '#contract';
import type { Address, LabClient, Predicted, Running, Update } from '#engine/protocol.ts';
import { defaultSetting, sameRun, type Setting } from './link.ts';
import { sentenceOf } from './words.ts';

export type Status = 'ready' | 'running' | 'paused' | 'done' | 'failed';

/** What a runner is made of. */
export interface RunnerOptions {
	readonly address: Address;
	readonly figure: Figure;
	readonly lab: () => Promise<LabClient>;
	/** The recording shipped with the page, shown while the setting is the recorded one. */
	readonly recorded?: Recording | null;
	/** The setting to begin with; left out, the defaults. */
	readonly setting?: Setting;
}

/** A setting, its theory, and at most one run of it. */
export class Runner {
	readonly figure: Figure;
	readonly address: Address;
	readonly #lab: () => Promise<LabClient>;
	readonly #recording: Report | null;
	readonly #recordedPictures: Readonly<Record<string, RecordedPicture>>;

	status = $state<Status>('ready');
	params = $state.raw<Params>({});
	seed = $state(0);
	seeds = $state(1);
	/** The reader's lane; null leaves it to the engine. */
	lane = $state<Lane | null>(null);

	predicted = $state.raw<Predicted>({});
	/** The predictions at the end of the run: axes leave room for them from the start. */
	finally = $state.raw<Predicted>({});
	report = $state.raw<Report | null>(null);
	/** Whether `report` is the recording. */
	recorded = $state(false);
	frame = $state.raw<Frame | null>(null);
	laneInfo = $state.raw<LaneInfo | null>(null);
	kernelsPerStep = $state<number | null>(null);
	stepsPerSecond = $state<number | null>(null);
	progress = $state(0);
	/** Why a run failed or ended early, or why there is no theory. */
	sentence = $state<string | null>(null);

	#running: Running | null = null;
	/** The run whose theory is being asked for; null once it is known. */
	#wanted: Run | null = null;
	#predicting = false;
	#turn = 0;
	#hidden = false;
	#disposed = false;

	constructor({ address, figure, lab, recorded = null, setting }: RunnerOptions) {
		this.address = address;
		this.figure = figure;
		this.#lab = lab;
		const { pictures = {}, ...report } = recorded ?? {};
		this.#recording = recorded && (report as Report);
		this.#recordedPictures = pictures;
		this.apply(setting ?? defaultSetting(figure));
	}

	/** Everything the run depends on. */
	get run(): Run {
		return { params: this.params, seed: this.seed, seeds: this.seeds };
	}

	/** The pictures of the recording, while that is what is shown. */
	get pictures(): Readonly<Record<string, RecordedPicture>> {
		return this.recorded ? this.#recordedPictures : {};
	}

	/** The run with the reader's lane: what a link holds. */
	get setting(): Setting {
		return { ...this.run, lane: this.lane };
	}

	/** Stops what runs, takes on a setting, and draws its theory. */
	apply(setting: Setting): void {
		if (this.#disposed) return;
		this.#stop();
		this.params = setting.params;
		this.seed = setting.seed;
		this.seeds = setting.seeds;
		this.lane = setting.lane;
		this.#clear();
		if (this.#recording && sameRun(this.#recording, this.run)) {
			this.report = this.#recording;
			this.recorded = true;
		}
		void this.#predict();
	}

	/** Turns one knob. The value must be one the knob allows. */
	setKnob(id: string, value: KnobValue): void {
		this.setParams({ [id]: value });
	}

	/** Turns several knobs at once, as presets do. */
	setParams(values: Partial<Params>): void {
		const given = Object.entries(values).filter(([, value]) => value !== undefined);
		const params = { ...this.params, ...(Object.fromEntries(given) as Params) };
		this.#change({ params });
	}

	setSeed(seed: number): void {
		this.#change({ seed });
	}

	setLane(lane: Lane | null): void {
		this.#change({ lane });
	}

	/** Seeds none of which the present run has drawn from. */
	newSeed(): void {
		const next = this.seed + this.seeds;
		this.setSeed(next + this.seeds - 1 > seedRange.max ? 0 : next);
	}

	/** Back to the defaults of the figure. */
	reset(): void {
		this.apply(defaultSetting(this.figure));
	}

	/** Trains from the beginning. */
	start(): void {
		void this.#begin(false);
	}

	async pause(): Promise<void> {
		if (this.status !== 'running') return;
		this.status = 'paused';
		await this.#running?.pause();
	}

	resume(): void {
		if (this.status !== 'paused') return;
		this.status = 'running';
		this.#running?.resume();
	}

	/** Trains on to the next frame and stands still there; begins a run where there is none. */
	async step(): Promise<void> {
		if (this.status === 'running') await this.pause();
		if (this.status === 'paused') this.#running?.step();
		else await this.#begin(true);
	}

	/** The figure left the screen or came back; a run it paused for that goes on. */
	seen(visible: boolean): void {
		if (!visible && this.status === 'running') {
			this.#hidden = true;
			void this.pause();
		} else if (visible && this.#hidden) {
			this.#hidden = false;
			this.resume();
		}
	}

	/** Ends the run and forgets answers still under way. */
	dispose(): void {
		this.#disposed = true;
		this.#wanted = null;
		this.#stop();
	}

	/** As `apply`, but lets a run go on that has this setting already. */
	applyIfNew(setting: Setting): void {
		if (setting.lane !== this.lane || !sameRun(setting, this.run)) this.apply(setting);
	}

	#change(part: Partial<Setting>): void {
		this.applyIfNew({ ...this.setting, ...part });
	}

	/** One question at a time: while knobs turn, theory keeps up with the latest and skips the rest. */
	async #predict(): Promise<void> {
		this.#wanted = this.run;
		if (this.#predicting) return;
		this.#predicting = true;
		// Turns of one moment, as when a link is followed, are one question.
		await Promise.resolve();
		while (this.#wanted) {
			const run: Run = this.#wanted;
			try {
				const client = await this.#lab();
				const predicted = await client.predict(this.address, run);
				if (this.#wanted === run) this.predicted = this.finally = predicted;
			} catch (problem) {
				if (this.#wanted === run) this.sentence = sentenceOf(problem);
			}
			if (this.#wanted === run) this.#wanted = null;
		}
		this.#predicting = false;
	}

	async #begin(paused: boolean): Promise<void> {
		this.#stop();
		this.#clear();
		this.status = paused ? 'paused' : 'running';
		const turn = this.#turn;
		try {
			const client = await this.#lab();
			if (turn !== this.#turn) return;
			const lane = this.lane ?? undefined;
			const running = client.start(this.address, this.run, { lane, paused });
			this.#running = running;
			if (paused) running.step();
			else if (this.status === 'paused') await running.pause();
			for await (const update of running) {
				if (turn !== this.#turn) return;
				this.#hear(update);
			}
		} catch (problem) {
			if (turn === this.#turn) this.#hear({ kind: 'failed', sentence: sentenceOf(problem) });
		}
	}

	#hear(update: Update): void {
		switch (update.kind) {
			case 'lane':
				this.laneInfo = update.info;
				this.kernelsPerStep = update.kernelsPerStep;
				return;
			case 'frame':
				this.report = update.report;
				this.predicted = update.predicted;
				this.frame = update.frame;
				this.progress = update.progress;
				this.stepsPerSecond = update.stepsPerSecond;
				// A prediction still under way is older than this one.
				this.#wanted = null;
				return;
			case 'paused':
				if (this.status === 'running') this.status = 'paused';
				return;
			case 'done':
				this.report = update.report;
				this.sentence = update.early;
				this.status = 'done';
				this.progress = 1;
				return;
			case 'failed':
				this.sentence = update.sentence;
				this.status = 'failed';
		}
	}

	#stop(): void {
		this.#turn++;
		void this.#running?.stop();
		this.#running = null;
		this.#hidden = false;
	}

	#clear(): void {
		this.status = 'ready';
		this.report = null;
		this.recorded = false;
		this.frame = null;
		this.stepsPerSecond = null;
		this.progress = 0;
		this.sentence = null;
	}

	/** The default of a knob, for those who want it back. */
	resetKnob(id: string): void {
		const value = defaults(this.figure.knobs)[id];
		if (value !== undefined) this.setKnob(id, value);
	}
}

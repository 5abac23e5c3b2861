/** One figure's run as its components see it: theory first, the network second. */
import {
	liveKnob,
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
import { defaultSetting, sameRun, sameSetting, type Setting } from './link.ts';
import { resultOf, type Result } from './result.ts';
import { placeAt, withScene, type Scene } from './scenes.ts';
import { sentenceOf } from './words.ts';

export type Status = 'ready' | 'running' | 'paused' | 'done' | 'failed';

/** Why a run stands still that nobody paused. */
export type Waiting = 'while hidden' | 'while off screen';

const blank: Scene = { report: null, predicted: {}, frame: null };

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

	/** Where the run stands, or the theory alone. */
	latest = $state.raw<Scene>(blank);
	/** Scenes of the run that can be looked at again, the latest among them. */
	scenes = $state.raw<readonly Scene[]>([]);
	/** The step that is looked at; null follows the run. */
	#looked = $state<number | null>(null);
	/** The predictions at the end of the run: axes leave room for them from the start. */
	finally = $state.raw<Predicted>({});
	/** Whether the report is the recording. */
	recorded = $state(false);
	laneInfo = $state.raw<LaneInfo | null>(null);
	kernelsPerStep = $state<number | null>(null);
	stepsPerSecond = $state<number | null>(null);
	/** The run under way trains no network, so that no lane has a part in it. */
	isPlain = $state(false);
	progress = $state(0);
	/** Why a run failed or ended early, or why there is no theory. */
	sentence = $state<string | null>(null);
	waiting = $state<Waiting | null>(null);
	/** Whether the setting was gone to at once, by a link, a preset or a reset, and not by turning. */
	jumped = true;

	#running: Running | null = null;
	/** The run whose theory is being asked for; null once it is known. */
	#wanted: Run | null = null;
	#predicting = false;
	#attempt = 0;
	/** The setting that the run under way began with. */
	#begun: Setting | null = null;
	#isTabHidden = false;
	/** The latest frame that nobody could see. */
	#unseen: Extract<Update, { kind: 'frame' }> | null = null;
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

	/** Where in `scenes` the one stands that is shown; −1 before there is any. */
	get place(): number {
		return this.#looked === null ? this.scenes.length - 1 : placeAt(this.scenes, this.#looked);
	}

	/** What is shown: the latest, or what is looked at. */
	get #shown(): Scene {
		return this.#looked === null ? this.latest : (this.scenes[this.place] ?? this.latest);
	}

	get report(): Report | null {
		return this.#shown.report;
	}

	get predicted(): Predicted {
		return this.#shown.predicted;
	}

	get frame(): Frame | null {
		return this.#shown.frame;
	}

	/** Shows a scene again; the last one follows the run, which knows nothing of it. */
	look(place: number): void {
		const isLast = place >= this.scenes.length - 1;
		this.#looked = isLast ? null : (this.scenes[place]?.frame?.step ?? null);
	}

	/** Everything the run depends on. */
	get run(): Run {
		return { params: this.params, seed: this.seed, seeds: this.seeds };
	}

	/** The pictures of the recording, while that is what is shown; maps of knobs at any setting. */
	get pictures(): Readonly<Record<string, RecordedPicture>> {
		if (this.recorded) return this.#recordedPictures;
		const maps = this.figure.pictures?.filter(({ knobs }) => knobs).map(({ id }) => id) ?? [];
		const kept = Object.entries(this.#recordedPictures).filter(([id]) => maps.includes(id));
		return Object.fromEntries(kept);
	}

	/** The run with the reader's lane: what a link holds. */
	get setting(): Setting {
		return { ...this.run, lane: this.lane };
	}

	/** Whether the live knob was turned since the run began: its setting no longer says what ran. */
	get turned(): boolean {
		return this.#begun !== null && !sameRun(this.#begun, this.run);
	}

	/** What the finished run measured; null where there is none, or none that its setting repeats. */
	get result(): Result | null {
		const { report } = this.latest;
		if (this.status !== 'done' || !report || this.turned) return null;
		return resultOf(report, this.laneInfo?.before !== undefined);
	}

	/** Stops what runs, takes on a setting, and draws its theory. */
	apply(setting: Setting): void {
		if (this.#disposed) return;
		this.jumped = true;
		this.#stop();
		({ params: this.params, seed: this.seed, seeds: this.seeds, lane: this.lane } = setting);
		this.#clear();
		if (this.#recording && sameRun(this.#recording, this.run)) {
			this.#showRecording(this.#recording);
		}
		void this.#predict();
	}

	/**
	 * Turns one knob. The value must be one the knob allows. A live one changes the run under way; any
	 * other ends it.
	 */
	setKnob(id: string, value: KnobValue): void {
		const isUnderWay = this.status === 'running' || this.status === 'paused';
		const isLive = id === liveKnob(this.figure) && typeof value === 'number';
		if (!isLive || !isUnderWay || !this.#running)
			return this.#turn({ params: { ...this.params, [id]: value } });
		this.params = { ...this.params, [id]: value };
		this.#running.turn(value);
	}

	/** Goes to other knob values at once, as presets do. */
	setParams(values: Partial<Params>): void {
		this.applyIfNew({ ...this.setting, params: { ...this.params, ...(values as Params) } });
	}

	setSeed(seed: number): void {
		this.#turn({ seed });
	}

	setLane(lane: Lane | null): void {
		this.#turn({ lane });
	}

	/** Seeds none of which the present run has drawn from. */
	newSeed(): void {
		const next = this.seed + this.seeds;
		this.setSeed(next + this.seeds - 1 > seedRange.max ? 0 : next);
	}

	/** Back to the setting the run began with, where a live knob was turned since; else to the defaults. */
	reset(): void {
		this.apply(this.turned && this.#begun ? this.#begun : defaultSetting(this.figure));
	}

	/** Trains on the lane that every browser has. */
	runOnReference(): void {
		this.apply({ ...this.setting, lane: 'cpu' });
		this.start();
	}

	/** Trains from the beginning. */
	start(): void {
		void this.#begin(false);
	}

	async pause(): Promise<void> {
		this.waiting = null;
		if (this.status !== 'running') return;
		this.status = 'paused';
		await this.#running?.pause();
	}

	resume(): void {
		this.waiting = null;
		if (this.status !== 'paused') return;
		this.status = 'running';
		this.#running?.resume();
	}

	/** Trains on to the next frame and stands still there; begins a run where there is none. */
	async step(): Promise<void> {
		this.#looked = null;
		if (this.status === 'running') await this.pause();
		if (this.status === 'paused') this.#running?.step();
		else await this.#begin(true);
	}

	/** The figure left the screen or came back; a run it paused for that goes on. */
	seen(visible: boolean): void {
		this.#wait('while off screen', !visible);
	}

	/**
	 * The tab was hidden or came back. A run stands still meanwhile, or goes on, and the page draws
	 * nothing of it that nobody sees.
	 */
	hidden(isHidden: boolean, pauses: boolean): void {
		this.#isTabHidden = isHidden;
		if (!isHidden) this.#catchUp();
		if (!isHidden || pauses) this.#wait('while hidden', isHidden);
	}

	#wait(why: Waiting, begins: boolean): void {
		if (begins && this.status === 'running') {
			void this.pause();
			this.waiting = why;
		} else if (!begins && this.waiting === why) this.resume();
	}

	/** Ends the run and forgets answers still under way. */
	dispose(): void {
		this.#disposed = true;
		this.#wanted = null;
		this.#stop();
	}

	/** As `apply`, but lets a run go on that has this setting already. */
	applyIfNew(setting: Setting): void {
		if (!sameSetting(setting, this.setting)) this.apply(setting);
	}

	#turn(part: Partial<Setting>): void {
		this.applyIfNew({ ...this.setting, ...part });
		this.jumped = false;
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
				if (this.#wanted !== run) continue;
				this.finally = predicted;
				this.latest = { ...this.latest, predicted };
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
		this.laneInfo = null;
		this.#begun = this.setting;
		const attempt = this.#attempt;
		try {
			const client = await this.#lab();
			if (attempt !== this.#attempt) return;
			const lane = this.lane ?? undefined;
			const running = client.start(this.address, this.run, { lane, paused });
			this.#running = running;
			if (paused) running.step();
			else if (this.status === 'paused') await running.pause();
			for await (const update of running) {
				if (attempt !== this.#attempt) return;
				this.#hear(update);
			}
		} catch (problem) {
			if (attempt === this.#attempt) this.#hear({ kind: 'failed', sentence: sentenceOf(problem) });
		}
	}

	#hear(update: Update): void {
		switch (update.kind) {
			case 'lane':
				this.laneInfo = update.info;
				this.kernelsPerStep = update.kernelsPerStep;
				return;
			case 'frame':
				this.#unseen = update;
				if (!this.#isTabHidden) this.#catchUp();
				// A prediction still under way is older than this one.
				this.#wanted = null;
				return;
			case 'paused':
				if (this.status === 'running') this.status = 'paused';
				return;
			case 'done':
				this.#catchUp();
				this.#show({ ...this.latest, report: update.report });
				this.sentence = update.early;
				this.status = 'done';
				this.progress = 1;
				return;
			case 'failed':
				this.#catchUp();
				this.sentence = update.sentence;
				this.status = 'failed';
				if (this.#recording && sameRun(this.#recording, this.run))
					this.#showRecording(this.#recording);
		}
	}

	#show({ report, predicted, frame }: Scene): void {
		this.latest = { report, predicted, frame };
		if (frame) this.scenes = withScene(this.scenes, this.latest);
	}

	#showRecording(report: Report): void {
		this.scenes = [];
		this.#looked = null;
		this.latest = { report, predicted: this.latest.predicted, frame: null };
		this.recorded = true;
	}

	/** Shows what was trained while nobody could see it. */
	#catchUp(): void {
		const update = this.#unseen;
		this.#unseen = null;
		if (!update) return;
		this.#show(update);
		this.progress = update.progress;
		this.stepsPerSecond = update.stepsPerSecond;
		this.isPlain = update.isPlain;
	}

	#stop(): void {
		this.#attempt++;
		void this.#running?.stop();
		this.#running = null;
		this.#begun = null;
		this.#unseen = null;
		this.waiting = null;
	}

	#clear(): void {
		this.status = 'ready';
		this.latest = { ...blank, predicted: this.latest.predicted };
		this.scenes = [];
		this.#looked = null;
		this.recorded = false;
		this.stepsPerSecond = null;
		this.isPlain = false;
		this.progress = 0;
		this.sentence = null;
	}
}

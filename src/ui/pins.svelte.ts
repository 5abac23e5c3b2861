import { formatKnob, type KnobValue, type Report, type Run } from '#contract';
import type { PinnedCurves } from '#plot/series.ts';
import type { Predicted } from '#engine/protocol.ts';
import { mostPins, readLink, sameRun, writeLink, type Setting } from './link.ts';
import { keepRecord, recordOf } from './records.ts';
import type { Runner } from './runner.svelte.ts';

/** A run that is laid beside the one that is shown. */
export interface Pin {
	readonly setting: Setting;
	/** A to D: the name it keeps, and its place on the ramp. */
	readonly letter: string;
	/** What it measured; null until it has run in this page. */
	readonly report: Report | null;
	readonly predicted: Predicted;
}

export const letters = ['A', 'B', 'C', 'D'].slice(0, mostPins);

/**
 * The pins of a figure. Device and links keep the settings alone: the curve of a pin that comes from
 * there is the theory's until it is run, which gives the same curve again.
 */
export class Pins {
	list = $state.raw<readonly Pin[]>([]);
	readonly #runner: Runner;
	readonly #theoryOf: (run: Run) => Promise<Predicted>;
	readonly #id: string;

	constructor(runner: Runner, theoryOf: (run: Run) => Promise<Predicted>) {
		this.#runner = runner;
		this.#theoryOf = theoryOf;
		const { lesson, figure } = runner.address;
		this.#id = `${lesson}/${figure}`;
		this.take(this.#kept());
	}

	/** Whether the run that is shown can be pinned: finished, repeatable, not pinned yet. */
	get canPin(): boolean {
		const { result, run } = this.#runner;
		const same = this.#find(run);
		return result !== null && (same ? !same.report : this.list.length < mostPins);
	}

	/** Pins the run that has finished, or gives its curve to the pin that waits for it. */
	pin(): void {
		const { setting, latest } = this.#runner;
		if (!this.canPin) return;
		const { report, predicted } = latest;
		const letter = this.#find(setting)?.letter ?? this.#free();
		if (letter) this.#put({ letter, setting, report, predicted });
		this.#keep();
	}

	/** Fills the pin whose run has just finished. */
	fill(): void {
		const { run, result } = this.#runner;
		const waiting = this.#find(run);
		if (result && waiting && !waiting.report) this.pin();
	}

	remove(letter: string): void {
		this.list = this.list.filter((pin) => pin.letter !== letter);
		this.#keep();
	}

	/** Goes to the run of a pin. */
	show(letter: string): void {
		const pin = this.list.find((pin) => pin.letter === letter);
		if (pin) this.#runner.applyIfNew(pin.setting);
	}

	/** Takes on runs from a link, or from the device; those that stand here already stay. */
	take(settings: readonly Setting[]): void {
		for (const setting of settings) {
			const letter = this.#find(setting) ? null : this.#free();
			if (!letter) continue;
			this.#put({ letter, setting, report: null, predicted: {} });
			void this.#theoryOf(setting).then(
				(predicted) => {
					const pin = this.list.find((pin) => pin.letter === letter);
					if (pin && sameRun(pin.setting, setting) && !pin.report) this.#put({ ...pin, predicted });
				},
				// The figure itself says why there is no theory.
				() => undefined,
			);
		}
	}

	/** What they bring to the panels. */
	get curves(): PinnedCurves[] {
		return this.list.map(({ letter, report, predicted }) => ({
			...{ letter, place: letters.indexOf(letter), report, predicted },
		}));
	}

	/** The names of the knobs in which the pins differ from each other or from what is shown. */
	get knobs(): readonly string[] {
		const shown = fields(this.#runner.run);
		const pinned = this.list.map(({ setting }) => fields(setting));
		return Object.keys(shown).filter((name) => pinned.some((pin) => pin[name] !== shown[name]));
	}

	/** What a run has for each of these names. */
	values(run: Run, names: readonly string[]): readonly string[] {
		return names.map((name) => fields(run)[name] ?? '');
	}

	#find(run: Run): Pin | undefined {
		return this.list.find(({ setting }) => sameRun(setting, run));
	}

	#free(): string | undefined {
		return letters.find((letter) => this.list.every((pin) => pin.letter !== letter));
	}

	#put(pin: Pin): void {
		const others = this.list.filter(({ letter }) => letter !== pin.letter);
		this.list = [...others, pin].sort((a, b) => a.letter.localeCompare(b.letter));
	}

	#keep(): void {
		const { figure, address } = this.#runner;
		const runs = this.list.map(({ setting }) => writeLink(address.figure, figure, setting));
		keepRecord('pins', this.#id, runs.length > 0 ? { runs } : null);
	}

	#kept(): Setting[] {
		const { figure, address } = this.#runner;
		const runs = recordOf('pins', this.#id)?.runs ?? [];
		return runs.map((query) => readLink(query, address.figure, figure).setting);
	}
}

/** Knobs and seeds by name, as texts. */
function fields({ params, seed, seeds }: Run): Readonly<Record<string, string>> {
	const entries: [string, KnobValue][] = [
		...Object.entries(params),
		['seed', seed],
		['seeds', seeds],
	];
	return Object.fromEntries(entries.map(([name, value]) => [name, formatKnob(value)]));
}

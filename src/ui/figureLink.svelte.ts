import { linkOn } from './address.ts';
import {
	readLink,
	sameRun,
	sameSetting,
	writeLink,
	type LinkReading,
	type Setting,
} from './link.ts';
import { compareResults } from './result.ts';
import type { Runner } from './runner.svelte.ts';

/** The address bar and its history, as the figures of a page share them. */
export interface PageHistory {
	/** The query that says what a figure shows; null where nothing does. */
	queryOf(figure: string): string | null;
	/** Puts a figure's query into the address bar, in place of the entry there. */
	replace(figure: string, query: string): void;
	/** As a new entry; going back to the present one then shows `before`. */
	push(figure: string, query: string, before: string): void;
}

/** Safari refuses more than a hundred changes of address in half a minute. */
const rest = 400;

/**
 * Keeps a figure and the address bar in step: links are followed, turned knobs are written down once
 * they rest. Back and Forward move between settings that were run, or were gone to at once by a link, a
 * preset, a switch or a reset; what knobs pass through on the way takes the place of what they passed
 * through before.
 */
export class FigureLink {
	problems = $state.raw<readonly string[]>([]);
	/** The run that the link speaks of, where it says what that measured. */
	#expected = $state.raw<LinkReading | null>(null);
	readonly #of: string;
	readonly #runner: Runner;
	/** What the address bar says, or would say. */
	#query: string;
	#setting: Setting;
	/** Whether the entry in the address bar is one to come back to. */
	#lasting = true;

	constructor(of: string, runner: Runner) {
		this.#of = of;
		this.#runner = runner;
		this.#setting = runner.setting;
		this.#query = writeLink(of, runner.figure, runner.setting);
	}

	/** Takes on what a query says, once for each that is not our own; returns the pins it brings. */
	follow(query: string | null): readonly Setting[] {
		if (query === null || query === this.#query) return [];
		const { figure } = this.#runner;
		const read = readLink(query, this.#of, figure);
		this.#query = query;
		this.#lasting = true;
		this.problems = read.problems;
		this.#expected = read.result && read;
		this.#runner.applyIfNew(read.setting);
		this.#setting = this.#runner.setting;
		return read.pins;
	}

	/** Writes the setting down once it rests; a bad link is left alone until a knob is turned. */
	write(history: PageHistory | undefined): (() => void) | undefined {
		const { figure, setting, status } = this.#runner;
		if (sameSetting(setting, this.#setting)) {
			if (status !== 'ready') this.#lasting = true;
			return;
		}
		const timer = setTimeout(() => {
			const before = this.#query;
			const comesBack = this.#lasting && !this.#runner.turned;
			this.#query = writeLink(this.#of, figure, setting);
			this.#setting = setting;
			this.#lasting = this.#runner.jumped || status !== 'ready';
			this.problems = [];
			if (comesBack) history?.push(this.#of, this.#query, before);
			else history?.replace(this.#of, this.#query);
		}, rest);
		return () => clearTimeout(timer);
	}

	/** What is said of the link's result, before and after the run it belongs to; empty where it has none. */
	get answer(): string {
		const expected = this.#expected;
		const { run, result, status } = this.#runner;
		if (!expected?.result || !sameRun(expected.setting, run)) return '';
		if (result) return compareResults(expected.result, result);
		return status === 'ready'
			? 'The link tells what this run gave elsewhere: press Run to see whether it is reproduced.'
			: '';
	}

	/** The whole address of what the figure shows: the run, what it measured, and what is pinned. */
	address(pins: readonly Setting[]): string {
		const { figure, setting, result } = this.#runner;
		const query = writeLink(this.#of, figure, setting, { result, pins });
		return linkOn(location.href, this.#of, query).href;
	}
}

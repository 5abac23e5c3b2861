import { linkOn, readLink, sameRun, speaksOf, type Setting } from './link.ts';
import type { Runner } from './runner.svelte.ts';

/** Safari refuses more than a hundred changes of address in half a minute. */
const rest = 400;

/** Keeps a figure and the address bar in step: links are followed, turned knobs are written down. */
export class FigureLink {
	problems = $state.raw<readonly string[]>([]);
	readonly #of: string;
	readonly #runner: Runner;
	#followed: string | null = null;
	#shown: Setting;

	constructor(of: string, runner: Runner) {
		this.#of = of;
		this.#runner = runner;
		this.#shown = runner.setting;
	}

	/** Takes on what a link says, once for each link that is not our own. */
	follow(url: URL | undefined): void {
		if (!url || url.search === this.#followed) return;
		this.#followed = url.search;
		if (!speaksOf(url.searchParams, this.#of)) return;
		const { setting, problems } = readLink(url.searchParams, this.#of, this.#runner.figure);
		this.problems = problems;
		this.#runner.applyIfNew(setting);
		this.#shown = this.#runner.setting;
	}

	/** Writes the setting down once it rests; a bad link is left alone until a knob is turned. */
	write(url: URL | undefined, navigate?: (url: string) => void): (() => void) | undefined {
		const { setting } = this.#runner;
		if (same(setting, this.#shown)) return;
		const timer = setTimeout(() => {
			this.#shown = setting;
			this.problems = [];
			if (!url || !navigate) return;
			const next = this.#link(url);
			this.#followed = next.search;
			navigate(next.href);
		}, rest);
		return () => clearTimeout(timer);
	}

	/** The whole address of what the figure shows. */
	address(url: URL | undefined): string {
		return this.#link(url).href;
	}

	#link(url: URL | undefined): URL {
		const { figure, setting } = this.#runner;
		return linkOn(url?.href ?? location.href, this.#of, figure, setting);
	}
}

function same(a: Setting, b: Setting): boolean {
	return a.lane === b.lane && sameRun(a, b);
}

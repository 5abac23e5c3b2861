/** The hypotheses of a figure's theorems, each once, judged on the page as far as that is cheap. */
import type { Figure, Hypothesis, Report, Run } from '#contract';
import { endsAlong, stopsOf, type End } from './slider.ts';

/** One hypothesis as the reader sees it; `broken` is null where it holds, undefined until known. */
export interface Told {
	readonly id: string;
	readonly text: string;
	readonly broken: string | null | undefined;
}

/** A hypothesis that takes longer than this, in milliseconds, is left to the worker. */
const patience = 20;

/** Judges and remembers which hypotheses are too slow for the page's own thread. */
export class Hypotheses {
	readonly #figure: Figure;
	readonly #all: readonly Hypothesis[];
	readonly #slow = new Set<string>();
	readonly #slowAlong = new Set<string>();

	constructor(figure: Figure) {
		this.#figure = figure;
		const all = figure.predictions.flatMap(({ hypotheses }) => hypotheses);
		this.#all = all.filter(({ id }, i) => all.findIndex((other) => other.id === id) === i);
	}

	/** Every hypothesis of a run, from its report where there is one. */
	told(run: Run, report: Report | null): Told[] {
		const reported = report?.predictions.flatMap(({ hypotheses }) => hypotheses) ?? [];
		return this.#all.map((hypothesis) => {
			const { id, text } = hypothesis;
			const known = reported.find((entry) => entry.id === id);
			if (known) return { id, text, broken: known.holds ? null : known.text };
			return { id, text, broken: this.#judge(hypothesis, run) };
		});
	}

	/** Knob id → where along its slider a hypothesis ends, the other knobs held fast. */
	ends(run: Run): Record<string, End[]> {
		const entries = Object.entries(this.#figure.knobs).flatMap(([id, knob]) => {
			if (knob.kind !== 'number') return [];
			const statements = this.#all.map((hypothesis) => ({
				id: hypothesis.id,
				text: hypothesis.text,
				broken: (value: number) =>
					this.#ask(hypothesis, { ...run, params: { ...run.params, [id]: value } }) !== null,
			}));
			return [[id, endsAlong(stopsOf(knob), statements, this.#slowAlong)] as const];
		});
		return Object.fromEntries(entries);
	}

	#judge(hypothesis: Hypothesis, run: Run): string | null | undefined {
		if (this.#slow.has(hypothesis.id)) return undefined;
		const start = performance.now();
		const broken = this.#ask(hypothesis, run);
		if (performance.now() - start > patience) this.#slow.add(hypothesis.id);
		return broken;
	}

	/** A hypothesis that cannot be judged breaks nothing. */
	#ask(hypothesis: Hypothesis, run: Run): string | null {
		try {
			return hypothesis.broken(run);
		} catch {
			return null;
		}
	}
}

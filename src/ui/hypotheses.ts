/** The hypotheses of a figure's theorems, each once, judged on the page as far as that is cheap. */
import { sameThroughout, type Figure, type Hypothesis, type Report, type Run } from '#contract';
import { endsAlong, stopsOf, type End } from './slider.ts';

/** One hypothesis as the reader sees it; `broken` is null where it holds, undefined until known. */
export interface Told {
	readonly id: string;
	readonly text: string;
	readonly broken: string | null | undefined;
}

/** Milliseconds a hypothesis may take while knobs turn, and once they rest; slower ones wait for the run. */
const patience = { turning: 8, resting: 250 };

/** Judges, and remembers what each hypothesis costs the page's own thread. */
export class Hypotheses {
	readonly #figure: Figure;
	readonly #all: readonly Hypothesis[];
	/** Hypothesis id → milliseconds it took last. */
	readonly #cost = new Map<string, number>();
	readonly #slowAlong = new Set<string>();

	constructor(figure: Figure) {
		this.#figure = figure;
		const own = figure.predictions.flatMap(({ hypotheses }) => hypotheses);
		const all = [...own, ...sameThroughout(figure, [])];
		this.#all = all.filter(({ id }, i) => all.findIndex((other) => other.id === id) === i);
	}

	/** Every hypothesis of a run, from its report where there is one. */
	told(run: Run, report: Report | null, when: keyof typeof patience): Told[] {
		const reported = report?.predictions.flatMap(({ hypotheses }) => hypotheses) ?? [];
		return this.#all.map((hypothesis) => {
			const { id, text } = hypothesis;
			const known = reported.find((entry) => entry.id === id);
			if (known) return { id, text, broken: known.holds ? null : known.text };
			// What has never been judged may be slow: it is first tried at rest.
			const untried = when === 'resting' && !hypothesis.costly ? 0 : Infinity;
			const cost = this.#cost.get(id) ?? untried;
			return { id, text, broken: cost > patience[when] ? undefined : this.#judge(hypothesis, run) };
		});
	}

	/** Knob id → where along its slider a hypothesis ends, the other knobs held fast. */
	ends(run: Run): Record<string, End[]> {
		const entries = Object.entries(this.#figure.knobs).flatMap(([id, knob]) => {
			if (knob.kind !== 'number') return [];
			const cheap = this.#all.filter(
				(h) => !h.costly && (this.#cost.get(h.id) ?? 0) <= patience.turning,
			);
			const statements = cheap.map((hypothesis) => ({
				id: hypothesis.id,
				text: hypothesis.text,
				broken: (value: number) =>
					this.#ask(hypothesis, { ...run, params: { ...run.params, [id]: value } }) !== null,
			}));
			return [[id, endsAlong(stopsOf(knob), statements, this.#slowAlong)] as const];
		});
		return Object.fromEntries(entries);
	}

	#judge(hypothesis: Hypothesis, run: Run): string | null {
		const start = performance.now();
		const broken = this.#ask(hypothesis, run);
		this.#cost.set(hypothesis.id, performance.now() - start);
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

import type { Curve } from './curve.ts';
import type { Axis } from './figure.ts';
import type { NumberKnob, Params } from './knob.ts';

/** A run that shows the answer: a figure of the same lesson, and the knobs to turn first. */
export interface Show {
	readonly figure: string;
	readonly set: Partial<Params>;
}

interface Asked {
	/** Offered once the question is answered. */
	readonly show?: Show;
}

/** A question that is answered by a number. */
export interface NumberQuestion extends Asked {
	readonly kind: 'number';
	/** Computed, never typed. */
	answer(): number;
	/** Largest relative error accepted. */
	readonly within: number;
	readonly unit?: string;
	readonly hints: readonly string[];
	/** Slips of this question: what another answer gives away. Those of every question are known already. */
	readonly slips: readonly {
		readonly when: (given: number) => boolean;
		readonly say: string;
	}[];
	/** How it is done, once answered or given up. */
	readonly solution: string;
}

/** A question that is answered by picking. */
export interface ChoiceQuestion extends Asked {
	readonly kind: 'choice';
	readonly options: readonly string[];
	/** Index of the right option, computed. */
	answer(): number;
	/** What to say of each option, in the lesson's own words. */
	readonly replies: readonly string[];
}

/** An axis whose ends are known before anything is drawn on it. */
export type DrawnAxis = Axis & { readonly domain: readonly [number, number] };

/** What a guess got wrong (its shape, a slope, a level), told in the lesson's own words. */
export interface Miss<G> {
	readonly when: (guess: G) => boolean;
	readonly say: string;
}

/** A guess that is drawn on a figure's axes. */
export interface CurveQuestion extends Asked {
	readonly kind: 'curve';
	readonly x: DrawnAxis;
	readonly y: DrawnAxis;
	/** Abscissae at which the reader sets the curve, in order. */
	readonly knots: readonly number[];
	/** The curve by the formula, through all knots at least. */
	answer(): Curve;
	/** What the formula's curve is called. */
	readonly label: string;
	/** The first two that hold are told. */
	readonly misses: readonly Miss<Curve>[];
	/** Told where nothing was missed. */
	readonly met: string;
}

/** A guess that is a place on an axis: where a curve peaks, turns or ends. */
export interface ThresholdQuestion extends Asked {
	readonly kind: 'threshold';
	/** The axis it is placed on, as a knob: the line starts at its default. */
	readonly place: NumberKnob;
	/** Computed, never typed. */
	answer(): number;
	/** Largest relative error that counts as met. */
	readonly within: number;
	/** The curve that has the threshold, drawn after the guess. */
	curve(): Curve;
	readonly y: DrawnAxis;
	readonly label: string;
	/** All that hold are told. */
	readonly misses: readonly Miss<number>[];
	/** How it comes about, told in any case. */
	readonly met: string;
}

/** A question whose answer is computed by theory: an exercise, or a guess before the run is seen. */
export type Question = NumberQuestion | ChoiceQuestion | CurveQuestion | ThresholdQuestion;

/** The numbers a question may be asked with, by name; the first of each stand in the page as it is served. */
export type Vary = Readonly<Record<string, readonly [number, ...number[]]>>;

/** A question asked with other numbers of each reader. */
export interface VariedQuestion {
	readonly vary: Vary;
	ask(at: Readonly<Record<string, number>>): Question;
}

/** The default export of lessons/x/exercises.ts: name → question. */
export type Questions = Readonly<Record<string, Question | VariedQuestion>>;

/** A question with numbers that vary; `:value[name]` puts one into its words in lesson.md. */
export function varied<const V extends Vary, Q extends Question>(
	vary: V,
	ask: (at: { readonly [K in keyof V]: number }) => Q,
): { readonly vary: V; ask(at: { readonly [K in keyof V]: number }): Q } {
	return { vary, ask };
}

/** A question as it is asked, with the numbers drawn for it. */
export interface Drawn {
	readonly question: Question;
	readonly values: Readonly<Record<string, number>>;
}

/** How many different ways there are to ask a question. */
export function waysToAsk(question: Question | VariedQuestion): number {
	if (!('vary' in question)) return 1;
	return Object.values(question.vary).reduce((ways, list) => ways * list.length, 1);
}

/**
 * The n-th way to ask a question, n = 0, 1, 2, …: 0 takes the first of all numbers, neighbours differ in
 * as many as they can, and each way comes once before any comes again.
 */
export function draw(question: Question | VariedQuestion, n: number): Drawn {
	if (!('vary' in question)) return { question, values: {} };
	const ways = waysToAsk(question);
	let rest = ((n % ways) * strideOf(ways)) % ways;
	const values: Record<string, number> = {};
	for (const [name, list] of Object.entries(question.vary)) {
		values[name] = list[rest % list.length] ?? list[0];
		rest = Math.floor(rest / list.length);
	}
	return { question: question.ask(values), values };
}

/** A number without a divisor in common, near the golden section. */
function strideOf(ways: number): number {
	let stride = Math.max(1, Math.round(0.618 * ways));
	while (divisor(stride, ways) > 1) stride++;
	return stride;
}

function divisor(a: number, b: number): number {
	return b === 0 ? a : divisor(b, a % b);
}

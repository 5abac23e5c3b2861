import { checkedExpression, ExpressionError, longestExpression, tidy } from './expression/index.ts';

/**
 * A knob is one parameter of a figure. The same description draws the control, guards the link and
 * the command line, and spans the grid the tests walk.
 */

interface Labelled {
	/** What it is, in words: "width". */
	readonly label: string;
	/** Its symbol in the lesson's notation, as TeX: "m". */
	readonly symbol?: string;
}

export interface NumberKnob extends Labelled {
	readonly kind: 'number';
	readonly min: number;
	readonly max: number;
	readonly default: number;
	readonly scale: 'linear' | 'log';
	/** Values are multiples of this; left out, any number in the range will do. */
	readonly step?: number;
	/**
	 * Step sizes are proportional to this knob: turned while a run trains, it changes them there and
	 * then. One knob of a figure at most.
	 */
	readonly live?: boolean;
}

export interface ChoiceKnob extends Labelled {
	readonly kind: 'choice';
	/** Value in links and on the command line → what the reader reads. */
	readonly options: Readonly<Record<string, string>>;
	readonly default: string;
}

/** A non-empty subset of a few whole numbers, say the frequencies in a target. */
export interface SetKnob extends Labelled {
	readonly kind: 'set';
	readonly options: readonly number[];
	readonly default: readonly number[];
}

/** A function that the reader types; its value is the text, and `compileExpression` makes a function of it. */
export interface ExpressionKnob extends Labelled {
	readonly kind: 'expression';
	/** The names it may use for its arguments, each from 0 to 1. */
	readonly variables: readonly string[];
	/** Short names → expressions worth a visit; a name may stand for its expression in links. */
	readonly presets: Readonly<Record<string, string>>;
	readonly default: string;
	/**
	 * Set where readers may draw a function of one variable by hand: a spline through so many heights, at
	 * equal distances from 0 to 1, each from `low` to `high`.
	 */
	readonly drawing?: { readonly heights: number; readonly low: number; readonly high: number };
}

/** A few numbers in an order that matters, typed by the reader: the steps of a pattern. */
export interface ListKnob extends Labelled {
	readonly kind: 'list';
	/** Of each number. */
	readonly min: number;
	readonly max: number;
	/** Numbers there may be; there is at least one. */
	readonly most: number;
	readonly default: readonly number[];
}

export type Knob = NumberKnob | ChoiceKnob | SetKnob | ListKnob | ExpressionKnob;
export type KnobValue = number | string | readonly number[];
export type Params = Record<string, KnobValue>;
export type Knobs<P extends Params = Params> = { readonly [K in keyof P]: Knob };

export type Parsed = { readonly value: KnobValue } | { readonly problem: string };

/** The values a knob allows, in words: "a multiple of 2 from 16 to 4096". */
export function allowedValues(knob: Knob): string {
	switch (knob.kind) {
		case 'choice':
			return `one of ${Object.keys(knob.options).join(', ')}`;
		case 'set':
			return `one or more of ${knob.options.join(', ')}, separated by commas`;
		case 'expression': {
			const names = Object.keys(knob.presets).join(', ');
			return (
				`${names === '' ? '' : `one of ${names}, or `}an expression in ${knob.variables.join(', ')}, ` +
				`such as ${knob.default}, of at most ${longestExpression} characters`
			);
		}
		case 'list':
			return `1 to ${knob.most} numbers from ${knob.min} to ${knob.max}, separated by commas`;
		case 'number': {
			const what =
				knob.step === undefined
					? 'a number'
					: knob.step === 1
						? 'a whole number'
						: `a multiple of ${knob.step}`;
			return `${what} from ${knob.min} to ${knob.max}`;
		}
	}
}

/** Reads a knob's value from text; never throws. The problem is a whole sentence for the reader. */
export function parseKnob(id: string, knob: Knob, text: string): Parsed {
	if (knob.kind === 'expression') return parseExpression(id, knob, text);
	const value = read(knob, text.trim());
	if (value !== null) return { value };
	return { problem: `${id} must be ${allowedValues(knob)}; “${shorten(text)}” is not.` };
}

function parseExpression(id: string, knob: ExpressionKnob, text: string): Parsed {
	const given = tidy(text);
	const value = Object.hasOwn(knob.presets, given) ? (knob.presets[given] ?? '') : given;
	try {
		checkedExpression(value, knob.variables);
		return { value };
	} catch (error) {
		if (!(error instanceof ExpressionError)) throw error;
		const end = error.message.endsWith('.') ? '' : '.';
		return { problem: `${id} = “${shorten(given)}” ${error.message}${end}` };
	}
}

/** The text of a value, as it stands in a link; `parseKnob` reads it back unchanged. */
export function formatKnob(value: KnobValue): string {
	return typeof value === 'object' ? value.join(',') : String(value);
}

export function sameValue(a: KnobValue, b: KnobValue): boolean {
	return formatKnob(a) === formatKnob(b);
}

/** The default of every knob. */
export function defaults<P extends Params>(knobs: Knobs<P>): P {
	return Object.fromEntries(Object.entries<Knob>(knobs).map(([id, k]) => [id, k.default])) as P;
}

/**
 * Reads all knobs from a source of texts (a link's query, a command line). A bad field falls back to
 * its default, alone, and leaves one sentence in `problems`.
 */
export function readParams<P extends Params>(
	knobs: Knobs<P>,
	text: (id: string) => string | null,
): { params: P; problems: string[] } {
	const problems: string[] = [];
	const params: Params = defaults(knobs);
	for (const [id, knob] of Object.entries<Knob>(knobs)) {
		const given = text(id);
		if (given === null) continue;
		const parsed = parseKnob(id, knob, given);
		if ('value' in parsed) params[id] = parsed.value;
		else problems.push(`${parsed.problem} Its default, ${formatKnob(knob.default)}, is used.`);
	}
	return { params: params as P, problems };
}

function read(knob: Exclude<Knob, ExpressionKnob>, text: string): KnobValue | null {
	switch (knob.kind) {
		case 'choice':
			return Object.hasOwn(knob.options, text) ? text : null;
		case 'set': {
			const chosen = text.split(',').map(readNumber);
			const known = chosen.every((v) => v !== null && knob.options.includes(v));
			if (!known || chosen.length === 0) return null;
			return knob.options.filter((option) => chosen.includes(option));
		}
		case 'list': {
			const values = text.split(/[\s,;]+/, knob.most + 1).map(readNumber);
			const legal = (v: number | null) => v !== null && v >= knob.min && v <= knob.max;
			return values.length <= knob.most && values.every(legal) ? (values as number[]) : null;
		}
		case 'number': {
			const value = readNumber(text);
			if (value === null || !(value >= knob.min && value <= knob.max)) return null;
			return onGrid(value, knob.step) ? value : null;
		}
	}
}

function readNumber(text: string): number | null {
	// Zero has one sign: written down and read again, a negative one would be another number.
	return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) + 0 : null;
}

function onGrid(value: number, step: number | undefined): boolean {
	if (step === undefined) return true;
	const multiple = value / step;
	return Math.abs(multiple - Math.round(multiple)) < 1e-9;
}

/** A reader's own text, cut so that it does not bury the sentence that quotes it. */
export function shorten(text: string): string {
	// Whole characters: half of a surrogate pair would show as a blot.
	const characters = [...text.slice(0, 50)];
	return characters.length > 24 ? `${characters.slice(0, 24).join('')}…` : text;
}

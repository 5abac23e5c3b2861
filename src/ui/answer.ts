import type { Question } from '#contract';

type NumberQuestion = Extract<Question, { kind: 'number' }>;

/** What an answer may look like, for the reader whose answer does not. */
export const acceptedForms = 'Write a number such as 12.5, .07, 1e-3, 7% or 3/4.';

/** Longer than this nothing is a number a reader would write. */
const longest = 60;
const decimal = String.raw`[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?`;
const form = new RegExp(String.raw`^(${decimal})(?:\s*\/\s*(${decimal}))?\s*(%)?$`, 'i');

/** Reads a typed answer, with or without its unit; null where it is not a number. */
export function readAnswer(text: string, unit = ''): number | null {
	let plain = text.trim().replace('−', '-');
	if (unit !== '' && plain.endsWith(unit)) plain = plain.slice(0, -unit.length).trim();
	if (plain.length > longest) return null;
	const [, above, below, percent] = form.exec(plain) ?? [];
	if (above === undefined) return null;
	const value = Number(above) / Number(below ?? 1) / (percent ? 100 : 1);
	return Number.isFinite(value) ? value : null;
}

/** What is said of a typed answer. */
export interface Reply {
	readonly right: boolean;
	readonly sentence: string;
}

/** Judges a typed answer: right within the tolerance, a usual slip, or simply not right. */
export function judgeAnswer(question: NumberQuestion, text: string): Reply {
	const given = readAnswer(text, question.unit);
	if (given === null) return { right: false, sentence: acceptedForms };
	const wanted = question.answer();
	const allowed = question.within * (wanted === 0 ? 1 : Math.abs(wanted));
	if (Math.abs(given - wanted) <= allowed) return { right: true, sentence: 'That is right.' };
	const slip = question.slips.find(({ when }) => when(given));
	return { right: false, sentence: slip ? slip.say : 'That is not it.' };
}

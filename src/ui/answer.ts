import { compileExpression, tidy, type NumberQuestion } from '#contract';
import { slipOf } from './slips.ts';

/** What an answer may look like, for the reader whose answer does not. */
export const acceptedForms =
	'Write a number such as 12.5, 1e-3, 7 %, 3/4, 2^-5 or sqrt(2), with a point and no letters but pi, e and functions.';

/** Longer than this nothing is a number a reader would write. */
const longest = 60;

/** Reads a typed answer, with or without its unit; null where it is not a number. */
export function readAnswer(text: string, unit = ''): number | null {
	let plain = tidy(text);
	if (unit !== '' && plain.endsWith(unit)) plain = plain.slice(0, -unit.length).trim();
	const percent = plain.endsWith('%');
	if (percent) plain = plain.slice(0, -1);
	if (plain.length > longest) return null;
	try {
		const value = compileExpression(plain, []).value() / (percent ? 100 : 1);
		return Number.isFinite(value) ? value : null;
	} catch {
		return null;
	}
}

/** What is said of a typed answer. */
export interface Reply {
	readonly right: boolean;
	readonly sentence: string;
}

/** Judges a typed answer: right within the tolerance, a slip of this question or of any, or simply not right. */
export function judgeAnswer(question: NumberQuestion, text: string): Reply {
	const given = readAnswer(text, question.unit);
	if (given === null) return { right: false, sentence: acceptedForms };
	const wanted = question.answer();
	const allowed = question.within * (wanted === 0 ? 1 : Math.abs(wanted));
	if (Math.abs(given - wanted) <= allowed) return { right: true, sentence: 'That is right.' };
	const own = question.slips.find(({ when }) => when(given));
	const slip = own?.say ?? slipOf(given, wanted, question.within);
	return { right: false, sentence: slip ? `Not quite. ${slip}` : 'That is not it.' };
}

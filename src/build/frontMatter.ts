import { LineCounter, parseDocument } from 'yaml';
import { didYouMean, parts, type LessonMeta, type Part } from '#contract';
import type { Reporter } from './mistakes.ts';

const fence = /^---\n([\s\S]*?)\n---(?:\n|$)/;
const names = ['title', 'summary', 'part', 'order', 'minutes', 'needs', 'covers'] as const;
type Name = (typeof names)[number];
const longestSummary = 160;

/** The card of a lesson; undefined, with the reasons reported, when it cannot be read. */
export function readFrontMatter(
	source: string,
	slug: string,
	report: Reporter,
): LessonMeta | undefined {
	const yaml = fence.exec(source)?.[1];
	if (yaml === undefined) {
		report.at(1, `A lesson begins with front matter between two lines “---”: ${names.join(', ')}.`);
		return undefined;
	}
	const counter = new LineCounter();
	const document = parseDocument(yaml, { lineCounter: counter, keepSourceTokens: false });
	for (const error of document.errors)
		report.at(counter.linePos(error.pos[0]).line + 1, plain(error.message));
	if (document.errors.length > 0) return undefined;

	const values: unknown = document.toJS();
	if (typeof values !== 'object' || values === null || Array.isArray(values)) {
		report.at(2, `Front matter is a list of “name: value”: ${names.join(', ')}.`);
		return undefined;
	}
	const lines = yaml.split('\n');
	const lineOf = (name: string) => {
		const i = lines.findIndex((line) => line.startsWith(`${name}:`));
		return i < 0 ? 1 : i + 2;
	};
	for (const name of Object.keys(values))
		if (!names.includes(name as Name))
			report.at(lineOf(name), `Unknown name “${name}” in front matter. ${didYouMean(name, names)}`);
	return fields(values as Record<string, unknown>, slug, (name, says) =>
		report.at(lineOf(name), says),
	);
}

function fields(
	values: Record<string, unknown>,
	slug: string,
	complain: (name: Name, says: string) => void,
): LessonMeta | undefined {
	let sound = true;
	const refuse = (name: Name, says: string) => {
		sound = false;
		complain(name, values[name] === undefined ? `Front matter lacks “${name}”: ${says}` : says);
	};
	const text = (name: Name, of: string) => {
		const value = values[name];
		if (typeof value === 'string' && value.trim() !== '') return value;
		refuse(name, `“${name}” is ${of}.`);
		return '';
	};
	const count = (name: Name, of: string) => {
		const value = values[name];
		if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
		refuse(name, `“${name}” is a whole number above 0: ${of}.`);
		return 0;
	};
	const list = (name: Name, of: string) => {
		const value = values[name];
		if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
		refuse(name, `“${name}” is a list of ${of}; [] where there is none.`);
		return [];
	};

	const summary = text('summary', `one sentence of at most ${longestSummary} characters`);
	if (summary.length > longestSummary)
		refuse('summary', `“summary” has ${summary.length} characters; allowed: ${longestSummary}.`);
	const part = text('part', `one of: ${parts.join(', ')}`);
	if (part !== '' && !parts.includes(part as Part))
		refuse('part', `There is no part “${part}”. ${didYouMean(part, parts)}`);
	const meta: LessonMeta = {
		slug,
		title: text('title', 'the title of the lesson'),
		summary,
		part: part as Part,
		order: count('order', 'the place within the part, in gaps of ten'),
		minutes: count('minutes', 'the reading time'),
		needs: list('needs', 'names of lessons to read before'),
		covers: list('covers', 'sessions of the tracks, in words'),
	};
	return sound ? meta : undefined;
}

/** The first line of a message of the YAML reader, without its place. */
function plain(message: string): string {
	return `${message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? ''}.`;
}

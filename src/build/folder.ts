import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { LessonError } from './mistakes.ts';
import type { Offers } from './slots.ts';

/** A string in the code of a lesson, and where. */
export interface InCode {
	readonly text: string;
	readonly file: string;
	readonly line: number;
}

/** A lesson's folder as read from disk. */
export interface LessonSource extends Offers {
	readonly slug: string;
	/** As errors name it. */
	readonly file: string;
	readonly text: string;
	/** TeX of the knobs' symbols. */
	readonly symbols: readonly InCode[];
	/** Keys of the works that predictions name as their sources. */
	readonly cites: readonly InCode[];
	/** Labels of the equations that predictions compute. */
	readonly equations: readonly InCode[];
	/** notation.yaml, empty where there is none. */
	readonly notation: string;
}

/** Names of the lesson folders under `root`/lessons. */
export function lessonFolders(root: string): string[] {
	return readdirSync(join(root, 'lessons'), { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map((entry) => entry.name)
		.toSorted();
}

/** Reads a folder; refuses one without lesson.md, or with a name that is no address. */
export function readFolder(root: string, slug: string): LessonSource {
	const folder = join(root, 'lessons', slug);
	const path = join(folder, 'lesson.md');
	const file = relative(root, path);
	const refuse = (says: string) => new LessonError([{ file, line: 1, says }]);
	if (!/^_?[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))
		throw refuse(`The folder “${slug}” is an address: lower-case letters, digits and hyphens.`);
	if (!existsSync(path))
		throw refuse('is missing: a lesson folder holds lesson.md, see lessons/_template.');
	const figures = existsSync(join(folder, 'figures'))
		? readdirSync(join(folder, 'figures')).filter((name) => /^[^.]+\.ts$/.test(name))
		: [];
	const exercises = join(folder, 'exercises.ts');
	// Figures, and what they share: knobs, say.
	const beside = readdirSync(folder).filter((name) => /^[^.]+\.ts$/.test(name));
	const sources = [...figures.map((name) => join('figures', name)), ...beside].map((name) => ({
		file: relative(root, join(folder, name)),
		source: readFileSync(join(folder, name), 'utf8'),
	}));
	const inSources = (find: (source: string) => Found[]) =>
		sources.flatMap(({ file, source }) => find(source).map((found) => ({ ...found, file })));
	return {
		slug,
		file,
		text: readFileSync(path, 'utf8').replaceAll('\r\n', '\n'),
		figures: figures.map((name) => name.replace('.ts', '')),
		questions: existsSync(exercises) ? questionNames(readFileSync(exercises, 'utf8')) : [],
		symbols: inSources(symbolsIn),
		cites: inSources(citesIn),
		equations: inSources(equationsIn),
		notation: textOr(join(folder, 'notation.yaml')),
	};
}

/** Keys of the object that exercises.ts exports, told by their indentation. */
export function questionNames(source: string): string[] {
	const start = /(?:export default|:\s*Questions\s*=)\s*\{/.exec(source);
	const body = start ? (source.slice(start.index).split(/^\}/m)[0] ?? '') : source;
	return [...body.matchAll(/^(?:\t| {2,4})['"]?([A-Za-z][\w-]*)['"]?\s*(?:[:,(]|$)/gm)].map(
		([, name = '']) => name,
	);
}

type Found = Omit<InCode, 'file'>;

/** `symbol: '\\\\alpha'` as TeX, backslashes undone. */
export function symbolsIn(source: string): Found[] {
	const pattern =
		/\bsymbol:\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|String\.raw`([^`]*)`)/g;
	return [...source.matchAll(pattern)].map(({ index, 1: single, 2: double, 3: raw }) => ({
		text: raw ?? (single ?? double ?? '').replaceAll(/\\(.)/g, '$1'),
		line: lineAt(source, index),
	}));
}

/** `cite: 'jacot2018'`, the key. */
function citesIn(source: string): Found[] {
	return [...source.matchAll(/\bcite:\s*['"]([^'"]+)['"]/g)].map(({ index, 1: key = '' }) => ({
		text: key,
		line: lineAt(source, index),
	}));
}

/** `equation: 'eq:loss'`, the label. */
function equationsIn(source: string): Found[] {
	return [...source.matchAll(/\bequation:\s*['"]([^'"]+)['"]/g)].map(
		({ index, 1: label = '' }) => ({ text: label, line: lineAt(source, index) }),
	);
}

/** The text of a file that need not be there. */
export function textOr(path: string, otherwise = ''): string {
	return existsSync(path) ? readFileSync(path, 'utf8') : otherwise;
}

function lineAt(source: string, index: number): number {
	return source.slice(0, index).split('\n').length;
}

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { didYouMean } from '#contract';
import type { Work } from './bibtex.ts';
import { workAsHtml, workInShort } from './citations.ts';
import { LessonError, Reporter } from './mistakes.ts';
import type { Track, TrackPaper, TrackSession } from './types.ts';

const ofTrack = ['title', 'place', 'term', 'order', 'summary', 'sessions'] as const;
const ofSession = ['title', 'when', 'papers', 'lessons'] as const;
const slugForm = /^[a-z0-9]+(-[a-z0-9]+)*$/;

type Fields = Readonly<Record<string, unknown>>;

/**
 * The tracks in `root`/tracks, in their order: a file each, papers.yaml beside them.
 * @throws LessonError with every mistake in them.
 */
export function readTracks(root: string, works: ReadonlyMap<string, Work>): Track[] {
	const folder = join(root, 'tracks');
	const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
	const papers = readFile(root, 'papers.yaml');
	for (const key of Object.keys(papers.fields))
		if (!works.has(key)) papers.refuse([key], unknownWork(key, works));
	const tracks = files
		.filter((name) => name !== 'papers.yaml')
		.map((name) => {
			const file = readFile(root, name);
			const track = trackOf(name.replace('.yaml', ''), file, papers, works);
			return { file, track };
		});
	const mistakes = [papers, ...tracks.map(({ file }) => file)].flatMap(
		({ report }) => report.mistakes,
	);
	if (mistakes.length > 0) throw new LessonError(mistakes);
	return tracks.map(({ track }) => track).toSorted((a, b) => a.order - b.order);
}

interface File {
	readonly fields: Fields;
	readonly report: Reporter;
	/** Reports at the line of a value, found by its path. */
	refuse(path: readonly (string | number)[], says: string): void;
}

function readFile(root: string, name: string): File {
	const path = join(root, 'tracks', name);
	const report = new Reporter(relative(root, path));
	const counter = new LineCounter();
	const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: counter });
	for (const error of document.errors)
		report.at(counter.linePos(error.pos[0]).line, `${error.message.split('\n')[0] ?? ''}`);
	const refuse = (at: readonly (string | number)[], says: string) => {
		const node = document.getIn(at, true) as { range?: [number] } | undefined;
		report.at(node?.range ? counter.linePos(node.range[0]).line : 1, says);
	};
	const fields: unknown = document.errors.length > 0 ? {} : document.toJS();
	return { fields: isFields(fields) ? fields : {}, report, refuse };
}

function trackOf(slug: string, file: File, papers: File, works: ReadonlyMap<string, Work>): Track {
	const { fields } = file;
	const text = textIn(file, fields, []);
	onlyKnown(file, fields, [], ofTrack);
	if (typeof fields.order !== 'number') file.refuse(['order'], '“order” is a number.');
	const sessions = Array.isArray(fields.sessions) ? (fields.sessions as unknown[]) : [];
	if (sessions.length === 0) file.refuse(['sessions'], '“sessions” is a list of at least one.');
	return {
		slug,
		title: text('title'),
		place: text('place'),
		term: text('term'),
		order: Number(fields.order),
		summary: text('summary'),
		sessions: sessions.map((session, i): TrackSession => {
			const at = ['sessions', i];
			if (!isFields(session)) {
				file.refuse(at, `A session has the names ${ofSession.join(', ')}.`);
				return { title: '', when: null, papers: [], lessons: [] };
			}
			onlyKnown(file, session, at, ofSession);
			const lessons = listIn(file, session, at, 'lessons');
			for (const lesson of lessons)
				if (!slugForm.test(lesson))
					file.refuse([...at, 'lessons'], `“${lesson}” is not the name of a lesson's folder.`);
			return {
				title: textIn(file, session, at)('title'),
				when: session.when === undefined ? null : textIn(file, session, at)('when'),
				papers: listIn(file, session, at, 'papers').flatMap(
					(key) =>
						paperOf(key, papers, works, (says) => file.refuse([...at, 'papers'], says)) ?? [],
				),
				lessons,
			};
		}),
	};
}

function paperOf(
	key: string,
	{ fields }: File,
	works: ReadonlyMap<string, Work>,
	refuse: (says: string) => void,
): TrackPaper | undefined {
	const work = works.get(key);
	const claims = Object.hasOwn(fields, key) ? fields[key] : undefined;
	if (!work) refuse(unknownWork(key, works));
	if (typeof claims !== 'string') refuse(`tracks/papers.yaml does not say what “${key}” claims.`);
	if (!work || typeof claims !== 'string') return undefined;
	return { key, short: workInShort(work), html: workAsHtml(work), claims };
}

function unknownWork(key: string, works: ReadonlyMap<string, Work>): string {
	return `There is no work “${key}” in references.bib. ${didYouMean(key, [...works.keys()])}`;
}

function textIn(file: File, fields: Fields, at: readonly (string | number)[]) {
	return (name: string): string => {
		const value = fields[name];
		if (typeof value === 'string' && value.trim() !== '') return value;
		file.refuse([...at, name], `“${name}” is missing, or is not a text.`);
		return '';
	};
}

function listIn(
	file: File,
	fields: Fields,
	at: readonly (string | number)[],
	name: string,
): string[] {
	const value = fields[name] ?? [];
	if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
	file.refuse([...at, name], `“${name}” is a list of names.`);
	return [];
}

function onlyKnown(
	file: File,
	fields: Fields,
	at: readonly (string | number)[],
	names: readonly string[],
): void {
	for (const name of Object.keys(fields))
		if (!names.includes(name))
			file.refuse([...at, name], `Unknown name “${name}”. ${didYouMean(name, names)}`);
}

function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parts } from '#contract';
import { readBibliography, type Work } from './bibtex.ts';
import { compileLesson, readLesson, type ReadLesson } from './compileLesson.ts';
import { Citations } from './citations.ts';
import { lessonFolders, readFolder, textOr } from './folder.ts';
import type { Macros } from './formula.ts';
import type { Outline } from './labels.ts';
import { compileNotation, readNotation, searchNotation, type Notation } from './notation.ts';
import { digest, Maths } from './maths.ts';
import { LessonError, Reporter, type Mistake } from './mistakes.ts';
import { readTracks } from './tracks.ts';
import type { CompiledLesson, ListedLesson, SiteSearchEntry, Track } from './types.ts';

/**
 * All lessons of the site. Nothing has to be told that a file has changed: what was compiled is
 * remembered by the content it was compiled from, so that an edit recompiles what it touches.
 */
export class Library {
	readonly root: string;
	readonly #cache: string;
	readonly #known = new Map<string, { key: string; read: ReadLesson }>();
	readonly #compiled = new Map<string, { key: string; lesson: CompiledLesson }>();
	#maths: { key: string; maths: Maths } | undefined;

	/** Lessons are in `root`/lessons; formulas are kept in `cache`. */
	constructor(root: string, cache = join(root, 'node_modules/.cache/lessons')) {
		this.root = root;
		this.#cache = cache;
	}

	/** Every lesson, drafts included. @throws LessonError with the mistakes of all lessons. */
	lessons(): CompiledLesson[] {
		const works = this.#works();
		const read = this.#read();
		const outlines = new Map(read.map(({ source, outline }) => [source.slug, outline]));
		const mistakes: Mistake[] = [];
		const lessons = read.flatMap((lesson) => {
			try {
				return [this.#lesson(lesson, outlines, works)];
			} catch (error) {
				if (!(error instanceof LessonError)) throw error;
				mistakes.push(...error.mistakes);
				return [];
			}
		});
		if (mistakes.length > 0) throw new LessonError(mistakes);
		return lessons;
	}

	/** The cards, in the order of the home page. */
	list(drafts: boolean): ListedLesson[] {
		return this.lessons()
			.map(({ meta: { covers: _, ...card } }) => ({ ...card, draft: card.slug.startsWith('_') }))
			.filter(({ draft }) => drafts || !draft)
			.toSorted((a, b) => parts.indexOf(a.part) - parts.indexOf(b.part) || a.order - b.order);
	}

	/** The syllabi. @throws LessonError with every mistake in them. */
	tracks(): Track[] {
		return readTracks(this.root, this.#works());
	}

	/** What the search looks through. */
	search(drafts: boolean): SiteSearchEntry[] {
		const listed = this.list(drafts).map(({ slug }) => slug);
		const inLessons = this.lessons()
			.filter(({ meta }) => listed.includes(meta.slug))
			.flatMap(({ meta, search }) =>
				search.map((entry) => ({ slug: meta.slug, lesson: meta.title, ...entry })),
			);
		const own = this.#read()
			.filter(({ source }) => listed.includes(source.slug))
			.map(({ source, meta }) => ({
				slug: source.slug,
				title: meta?.title ?? '',
				notation: readNotation(source.notation, new Reporter(source.file)),
			}));
		const shared = { slug: '', title: 'Notation', notation: this.#shared() };
		return [...inLessons, ...[shared, ...own].flatMap(searchNotation)];
	}

	/** The style sheet for every formula of the site. */
	mathsCss(): string {
		this.lessons();
		return this.#typesetting().styleSheet();
	}

	#read(): ReadLesson[] {
		return lessonFolders(this.root).map((slug) => {
			const source = readFolder(this.root, slug);
			const key = JSON.stringify(source);
			const before = this.#known.get(slug);
			if (before?.key === key) return before.read;
			const read = readLesson(source);
			this.#known.set(slug, { key, read });
			return read;
		});
	}

	#lesson(
		lesson: ReadLesson,
		lessons: ReadonlyMap<string, Outline>,
		works: ReadonlyMap<string, Work>,
	): CompiledLesson {
		const { source } = lesson;
		const pages = this.#pages();
		const maths = this.#typesetting();
		const shared = this.#shared();
		const key = digest(
			JSON.stringify([source, [...lessons], [...works], pages, this.#maths?.key, shared]),
		);
		const before = this.#compiled.get(source.slug);
		if (before?.key === key) return before.lesson;
		const made = compileLesson(lesson, { places: { lessons, pages }, works, maths, shared });
		this.#compiled.set(source.slug, { key, lesson: made });
		return made;
	}

	/** The notation that all lessons share. */
	#shared(): Notation {
		const file = 'lessons/notation.yaml';
		const report = new Reporter(file);
		const notation = readNotation(textOr(join(this.root, file)), report);
		report.settle();
		return notation;
	}

	/** The same, as the page of notation shows it. */
	sharedNotation(): CompiledLesson['own'] {
		const report = new Reporter('lessons/notation.yaml');
		const citations = new Citations(this.#works());
		const compiled = compileNotation(this.#shared(), this.#typesetting(), citations, report);
		report.settle();
		return compiled;
	}

	#works(): Map<string, Work> {
		const file = 'lessons/references.bib';
		const report = new Reporter(file);
		const works = readBibliography(this.#text(file), report);
		report.settle();
		return works;
	}

	#typesetting(): Maths {
		const file = 'lessons/macros.json';
		const key = this.#text(file);
		if (this.#maths?.key !== key) {
			this.#maths = { key, maths: new Maths(macrosFrom(key, file), this.#cache) };
			this.#compiled.clear();
		}
		return this.#maths.maths;
	}

	/** The site's other pages, by the name of their route. */
	#pages(): string[] {
		const routes = join(this.root, 'src/routes');
		if (!existsSync(routes)) return [];
		return readdirSync(routes).filter((name) => existsSync(join(routes, name, '+page.svelte')));
	}

	#text(file: string): string {
		return readFileSync(join(this.root, file), 'utf8');
	}
}

function macrosFrom(source: string, file: string): Macros {
	try {
		return JSON.parse(source) as Macros;
	} catch (error) {
		throw new LessonError([{ file, line: 1, says: `is no JSON: ${(error as Error).message}.` }]);
	}
}

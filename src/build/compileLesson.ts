import type { Root } from 'mdast';
import { didYouMean, type LessonMeta } from '#contract';
import type { Work } from './bibtex.ts';
import { Citations } from './citations.ts';
import { contentsOf } from './contents.ts';
import type { InCode, LessonSource } from './folder.ts';
import { readFrontMatter } from './frontMatter.ts';
import { outlineOf, type Outline } from './labels.ts';
import { findLabel, type Places } from './links.ts';
import { parseMarkdown } from './markdown.ts';
import type { Maths } from './maths.ts';
import { LessonError, Reporter } from './mistakes.ts';
import { compileNotation, readNotation, type Notation } from './notation.ts';
import { partsOf } from './render.ts';
import { resolve } from './resolve.ts';
import { shape } from './shape.ts';
import type { CompiledLesson } from './types.ts';

/** A lesson read as far as it can be on its own. */
export interface ReadLesson {
	readonly source: LessonSource;
	readonly meta: LessonMeta | undefined;
	readonly root: Root;
	readonly outline: Outline;
	readonly report: Reporter;
}

/** The first pass: the card, and what other lessons can link to. Reports, never throws. */
export function readLesson(source: LessonSource): ReadLesson {
	const report = new Reporter(source.file);
	const meta = readFrontMatter(source.text, source.slug, report);
	const root = parseMarkdown(source.text);
	return { source, meta, root, outline: outlineOf(root, report), report };
}

/** What the whole site lends to each lesson. */
export interface Site {
	readonly places: Places;
	readonly works: ReadonlyMap<string, Work>;
	readonly maths: Maths;
	/** The notation of all lessons. */
	readonly shared: Notation;
}

/**
 * The second pass, once all lessons are read.
 * @throws LessonError with every mistake of the lesson.
 */
export function compileLesson(lesson: ReadLesson, site: Site): CompiledLesson {
	const { source, meta, outline } = lesson;
	const { slug } = source;
	const root = structuredClone(lesson.root);
	const report = new Reporter(source.file, lesson.report.mistakes);
	const legal = [...site.places.lessons.keys()].filter((other) => other !== slug);
	for (const needed of meta?.needs ?? [])
		if (!legal.includes(needed))
			report.at(
				needsLine(source),
				`There is no lesson “${needed}” to need. ${didYouMean(needed, legal)}`,
			);
	const citations = new Citations(site.works);
	shape(root, outline, source, report);
	const noted = new Reporter(source.file.replace('lesson.md', 'notation.yaml'), report.mistakes);
	const given = readNotation(source.notation, noted);
	const own = compileNotation(given, site.maths, citations, noted);
	report.mistakes.splice(0, Infinity, ...noted.mistakes);
	// What is noted for all lessons is cited on the page of notation, not in each of them.
	const shared = compileNotation(site.shared, site.maths, new Citations(site.works), report);
	const notation = [...own.symbols, ...shared.symbols].filter(
		({ tex }, i, all) => all.findIndex((other) => other.tex === tex) === i,
	);
	const known = new Set(notation.map(({ tex }) => tex));
	resolve(root, { slug, places: site.places, citations, maths: site.maths, known }, report);
	const equations = made(
		source.equations,
		report,
		(label) => findLabel(label, slug, site.places).number,
	);
	const symbols = made(source.symbols, report, (tex) => symbol(tex, site.maths));
	const sources = made(source.cites, report, (key) => citations.name(key));
	report.settle();
	if (!meta) throw new LessonError([]);

	const { toc, search } = contentsOf(root, meta.title);
	const parts = partsOf(root);
	const references = citations.list();
	if (references !== undefined) {
		parts.push({ kind: 'html', html: references });
		toc.push({ id: 'references', title: 'References', depth: 2 });
	}
	return { meta, parts, toc, search, symbols, sources, equations, notation, own };
}

/** What each of these strings becomes; a mistake is told at the place of the string. */
function made(
	strings: readonly InCode[],
	report: Reporter,
	make: (text: string) => string,
): Record<string, string> {
	const all: Record<string, string> = {};
	for (const { text, file, line } of strings)
		try {
			all[text] = make(text);
		} catch (error) {
			report.mistakes.push({ file, line, says: (error as Error).message });
		}
	return all;
}

function symbol(tex: string, maths: Maths): string {
	try {
		return maths.formula(tex, false).html;
	} catch (error) {
		const says = `Bad TeX in the symbol “${tex}”: ${(error as Error).message}.`;
		throw new RangeError(says, { cause: error });
	}
}

function needsLine({ text }: LessonSource): number {
	return text.split('\n').findIndex((line) => line.startsWith('needs:')) + 1;
}

/** What symbols mean, for the pages that tell it; for the server only. */
import { formatKnob, type Knob } from '#contract';
import type { CompiledLesson } from '#build/types.ts';
import { exact } from '#ui/words.ts';
import { lessonPage, lessons, loadFigure } from './catalogue.ts';
import type { AskedSymbol } from './symbols.ts';

/** The symbols of a lesson with the knobs that turn them. */
export async function symbolsWithKnobs({ meta, parts, notation }: CompiledLesson) {
	const names = parts.flatMap((part) => (part.kind === 'figure' ? [part.of] : []));
	const figures = await Promise.all(
		names.map(async (of) => ({ of, ...(await loadFigure(meta.slug, of)).figure })),
	);
	return notation.map(({ tex, ...symbol }): AskedSymbol => {
		const knobs = figures.flatMap(({ of, title, knobs }) =>
			Object.entries<Knob>(knobs).flatMap(([id, { symbol, default: value }]) =>
				symbol?.replaceAll(/\s+/g, '') === tex
					? [
							{
								figure: of,
								title,
								id,
								value: typeof value === 'number' ? exact(value) : formatKnob(value),
							},
						]
					: [],
			),
		);
		return { ...symbol, knobs };
	});
}

/** The notation of the whole site: what all lessons share, and each lesson's own. */
export async function wholeNotation() {
	const { default: shared } = await import('virtual:notation');
	const own = await Promise.all(
		lessons.map(async ({ slug, title }) => ({ slug, title, ...(await lessonPage(slug))?.own })),
	);
	return {
		shared: shared?.symbols ?? [],
		lessons: own.map(({ slug, title, symbols = [] }) => ({ slug, title, symbols })),
		terms: [
			...(shared?.terms ?? []).map((term) => ({ ...term, slug: '', title: '' })),
			...own.flatMap(({ slug, title, terms = [] }) =>
				terms.map((term) => ({ ...term, slug, title })),
			),
		].toSorted((a, b) => a.term.localeCompare(b.term, 'en')),
	};
}
export type WholeNotation = Awaited<ReturnType<typeof wholeNotation>>;

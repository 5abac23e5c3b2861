import type { Part } from '#build/types.ts';
import { loadFigure } from './catalogue.ts';

/** A part of a lesson as its page shows it: figures bring the still picture that stands in for them. */
export type PagePart = Part & { readonly posterHtml: string };

/** Draws the still pictures; for the server only, where a DOM has to be brought along. */
export async function withPosters(slug: string, parts: readonly Part[]): Promise<PagePart[]> {
	const { posterHtml } = await import('#plot/poster.ts');
	return Promise.all(
		parts.map(async (part) => {
			if (part.kind !== 'figure') return { ...part, posterHtml: '' };
			const { figure, recorded } = await loadFigure(slug, part.of);
			return { ...part, posterHtml: posterHtml(figure, recorded) };
		}),
	);
}

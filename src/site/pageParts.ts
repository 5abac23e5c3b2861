import type { CompiledPart } from '#build/types.ts';
import { loadFigure } from './catalogue.ts';

/** A part of a lesson as its page shows it: figures bring the still picture that stands in for them. */
export type PagePart = CompiledPart & { readonly posterHtml: string };

/** Draws the still pictures; for the server only. */
export function withPosters(slug: string, parts: readonly CompiledPart[]): Promise<PagePart[]> {
	return Promise.all(
		parts.map(async (part) => {
			const posterHtml = part.kind === 'figure' ? await figurePoster(slug, part.of) : '';
			return { ...part, posterHtml };
		}),
	);
}

/** The still picture of a figure; for the server only, where a DOM has to be brought along. */
export async function figurePoster(slug: string, of: string): Promise<string> {
	const { posterHtml } = await import('#plot/poster.ts');
	const { figure, recorded } = await loadFigure(slug, of);
	return posterHtml(figure, recorded);
}

import type { CompiledPart } from '#build/types.ts';
import { didYouMean, draw } from '#contract';
import { exact } from '#ui/words.ts';
import { loadFigure, loadQuestion } from './catalogue.ts';

/** A part of a lesson as its page shows it: figures bring the still picture that stands in for them. */
export type PagePart = CompiledPart & { readonly posterHtml: string };

/** Draws the still pictures, and puts the first of their numbers into questions; for the server only. */
export function withPosters(slug: string, parts: readonly CompiledPart[]): Promise<PagePart[]> {
	return Promise.all(
		parts.map(async (part) => {
			if (part.kind === 'question')
				return { ...part, bodyHtml: await withNumbers(slug, part), posterHtml: '' };
			const posterHtml = part.kind === 'figure' ? await figurePoster(slug, part.of) : '';
			return { ...part, posterHtml };
		}),
	);
}

/** The words of a question with the first of its numbers where `:value[…]` asks for one. */
async function withNumbers(
	slug: string,
	{ of, bodyHtml }: Extract<CompiledPart, { kind: 'question' }>,
): Promise<string> {
	if (!bodyHtml.includes('data-value')) return bodyHtml;
	const { values } = draw(await loadQuestion(slug, of), 0);
	return bodyHtml.replaceAll(
		/(<span data-value="([^"]*)">)[^<]*/g,
		(_all, tag: string, name: string) => {
			const value = values[name];
			if (value === undefined)
				throw new RangeError(
					`Question “${of}” of lesson “${slug}” has no number “${name}”. ${didYouMean(name, Object.keys(values))}`,
				);
			return tag + exact(value);
		},
	);
}

/** The still picture of a figure; for the server only, where a DOM has to be brought along. */
export async function figurePoster(slug: string, of: string): Promise<string> {
	const { posterHtml } = await import('#plot/poster.ts');
	const { figure, recorded } = await loadFigure(slug, of);
	return posterHtml(figure, recorded);
}

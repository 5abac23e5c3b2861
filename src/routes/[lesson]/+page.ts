import { browser } from '$app/environment';
import { base } from '$app/paths';
import { error } from '@sveltejs/kit';
import type { CompiledPart } from '#build/types.ts';
import { lessonPage } from '#site/catalogue.ts';
import type { PagePart } from '#site/pageParts.ts';

/**
 * The words never travel as JavaScript. The server has them all; the first page in the browser keeps
 * the HTML it was served, so stand-ins will do; later pages fetch theirs.
 */
export const load = async ({ params, fetch }) => {
	const lesson = await lessonPage(params.lesson);
	if (!lesson) error(404);
	const { meta, toc, symbols, sources, equations } = lesson;
	const parts = await partsOf(params.lesson, lesson.parts, fetch);
	// For those lessons alone that have one.
	const Checklist = parts.some(({ kind }) => kind === 'checklist')
		? (await import('#site/Checklist.svelte')).default
		: null;
	return { Checklist, meta, toc, symbols, sources, equations, parts };
};

async function partsOf(
	slug: string,
	parts: readonly CompiledPart[],
	fetch: typeof globalThis.fetch,
): Promise<readonly PagePart[]> {
	if (!browser) return (await import('#site/pageParts.ts')).withPosters(slug, parts);
	const hydrating = document.documentElement.dataset.started !== 'true';
	if (hydrating) return parts.map((part) => ({ ...part, posterHtml: ' ' }));
	return (await (await fetch(`${base}/${slug}/prose.json`)).json()) as PagePart[];
}

export const entries = async () => {
	const { lessons } = await import('#site/catalogue.ts');
	return lessons.map(({ slug }) => ({ lesson: slug }));
};

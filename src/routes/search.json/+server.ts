import { json } from '@sveltejs/kit';
import { entries } from 'virtual:search';
import { loadFigure } from '#site/catalogue.ts';
import { buildIndex } from '#site/searchIndex.ts';

export const prerender = true;

/** The index that the search box loads when it is first used. */
export const GET = async () =>
	json(
		buildIndex(
			await Promise.all(
				entries.map(async (entry) => {
					if (entry.kind !== 'figure') return entry;
					// A figure's name stands in its code, as do those of its panels.
					const { figure } = await loadFigure(entry.slug, entry.id.replace('figure-', ''));
					const panels = figure.panels.map(({ title }) => title).join(' ');
					const title = `${entry.title}: ${figure.title}`;
					return { ...entry, title, text: `${entry.text} ${panels}` };
				}),
			),
		),
	);

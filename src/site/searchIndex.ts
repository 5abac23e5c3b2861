import type { SiteSearchEntry } from '#build/types.ts';
import MiniSearch, { type AsPlainObject, type SearchResult } from 'minisearch';

/** What is shown of a place that was found. */
export type Hit = Pick<SiteSearchEntry, 'kind' | 'slug' | 'lesson' | 'id' | 'title'>;

const options = {
	fields: ['title', 'lesson', 'text'],
	storeFields: ['kind', 'slug', 'lesson', 'id', 'title'],
	idField: 'key',
	searchOptions: { boost: { title: 3, lesson: 2 }, prefix: true, fuzzy: 0.2 },
};

export function buildIndex(entries: readonly SiteSearchEntry[]): AsPlainObject {
	const index = new MiniSearch(options);
	index.addAll(entries.map((entry, key) => ({ ...entry, key })));
	return index.toJSON();
}

/** Finds places; forgives a typo in about every fifth letter. */
export function openIndex(plain: AsPlainObject): (query: string) => Hit[] {
	const index = MiniSearch.loadJS(plain, options);
	return (query) =>
		index
			.search(query)
			.slice(0, 8)
			.map((hit: SearchResult) => hit as unknown as Hit);
}

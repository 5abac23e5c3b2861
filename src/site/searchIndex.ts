import MiniSearch, { type AsPlainObject, type SearchResult } from 'minisearch';

/** One section of one lesson. */
export interface SearchEntry {
	readonly slug: string;
	readonly lesson: string;
	/** Fragment of the section; empty for the top of the page. */
	readonly id: string;
	readonly title: string;
	readonly text: string;
}

export type Hit = Pick<SearchEntry, 'slug' | 'lesson' | 'id' | 'title'>;

const options = {
	fields: ['title', 'lesson', 'text'],
	storeFields: ['slug', 'lesson', 'id', 'title'],
	idField: 'key',
	searchOptions: { boost: { title: 3, lesson: 2 }, prefix: true, fuzzy: 0.2 },
};

export function buildIndex(entries: readonly SearchEntry[]): AsPlainObject {
	const index = new MiniSearch(options);
	index.addAll(entries.map((entry) => ({ ...entry, key: `${entry.slug}#${entry.id}` })));
	return index.toJSON();
}

/** Finds sections; forgives a typo in about every fifth letter. */
export function openIndex(plain: AsPlainObject): (query: string) => Hit[] {
	const index = MiniSearch.loadJS(plain, options);
	return (query) =>
		index
			.search(query)
			.slice(0, 8)
			.map((hit: SearchResult) => hit as unknown as Hit);
}

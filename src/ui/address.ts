/** The little of a link that a page knows before it has any figure. */

/** Whether a link speaks of this figure. */
export function speaksOf(query: URLSearchParams, of: string): boolean {
	return query.get('figure') === of;
}

/** The whole address of a query, on the page of another address. */
export function linkOn(page: string, of: string, query: string): URL {
	const url = new URL(page);
	url.search = query;
	url.hash = `figure-${of}`;
	return url;
}

import { pushState, replaceState } from '$app/navigation';
import { page } from '$app/state';
import { linkOn, speaksOf } from '#ui/address.ts';
import type { PageHistory } from '#ui/figureLink.svelte.ts';

/**
 * The history of a lesson's page. The address tells of one figure, the last that changed; the entry
 * beside it remembers the others, so that Back finds each as it was.
 */
export const pageHistory: PageHistory = {
	queryOf(figure) {
		const kept = page.state.figures?.[figure];
		if (kept !== undefined) return kept;
		return speaksOf(page.url.searchParams, figure) ? page.url.search : null;
	},
	replace(figure, query) {
		replaceState(linkOn(location.href, figure, query), remembering(figure, query));
	},
	push(figure, query, before) {
		replaceState(location.href, remembering(figure, before));
		pushState(linkOn(location.href, figure, query), remembering(figure, query));
	},
};

function remembering(figure: string, query: string): App.PageState {
	return { figures: { ...page.state.figures, [figure]: query } };
}

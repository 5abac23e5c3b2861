import { didYouMean } from '#contract';
import type { Outline } from './labels.ts';

/** What can be linked to: the lessons with their fragments, and the site's other pages. */
export interface Places {
	readonly lessons: ReadonlyMap<string, Outline>;
	readonly pages: readonly string[];
}
export interface Target {
	readonly url: string;
	readonly number: string;
}

/**
 * Finds "thm:lazy" in this lesson or "double-descent/thm:peak" in another.
 * @throws RangeError for an unknown label.
 */
export function findLabel(label: string, slug: string, places: Places): Target {
	const slash = label.indexOf('/');
	const lesson = slash < 0 ? slug : label.slice(0, slash);
	const local = label.slice(slash + 1);
	const outline = places.lessons.get(lesson);
	if (!outline)
		throw new RangeError(`There is no lesson “${lesson}”. ${lessonHint(lesson, places)}`);
	const number = outline.numbers[local];
	if (number === undefined)
		throw new RangeError(
			`There is no label “${label}”. ${didYouMean(local, Object.keys(outline.numbers))}`,
		);
	return { url: slash < 0 ? `#${local}` : `../${lesson}/#${local}`, number };
}

/**
 * Checks where an author's link leads.
 * @throws RangeError when it leads nowhere.
 */
export function checkLink(url: string, slug: string, places: Places): void {
	if (/^(https?:|mailto:)/.test(url)) return;
	const [, page = slug, fragment] = /^(?:\.\.\/([^/#]+)\/)?(?:#(.+))?$/.exec(url) ?? [];
	if (url === '' || !/^(\.\.\/|#)/.test(url) || (page === slug && fragment === undefined))
		throw new RangeError(
			`The link “${url}” leads nowhere. Allowed: #heading, ../lesson/, ../lesson/#heading, https://….`,
		);
	if (places.pages.includes(page)) return;
	const outline = places.lessons.get(page);
	if (!outline)
		throw new RangeError(`The link “${url}” leads to no lesson. ${lessonHint(page, places)}`);
	if (fragment !== undefined && !outline.ids.includes(decoded(fragment)))
		throw new RangeError(
			`The link “${url}” leads to no place of lesson “${page}”. ${didYouMean(fragment, outline.ids)}`,
		);
}

function lessonHint(name: string, { lessons, pages }: Places): string {
	return didYouMean(name, [...lessons.keys(), ...pages]);
}

/** A fragment as its id stands on the page; one that is no valid encoding stands for itself. */
function decoded(fragment: string): string {
	try {
		return decodeURI(fragment);
	} catch {
		return fragment;
	}
}

import type { PhrasingContent } from 'mdast';
import { didYouMean } from '#contract';
import { addressOf, authorsOf, type Work } from './bibtex.ts';
import { escapeHtml } from './html.ts';
import { inline, words } from './nodes.ts';

/** The works a lesson may cite, and those that it did. */
export class Citations {
	readonly #works: ReadonlyMap<string, Work>;
	readonly #cited = new Set<Work>();

	constructor(works: ReadonlyMap<string, Work>) {
		this.#works = works;
	}

	/**
	 * `@cho2009, p. 3; @jacot2018` as "(Cho & Saul, 2009, p. 3; Jacot et al., 2018)". Where the sentence
	 * has just named the first author, the year is enough.
	 * @throws RangeError for an unknown work.
	 */
	cite(text: string, before: string): PhrasingContent[] {
		const links = text.split(';').map((piece) => {
			const [, hidden, key = '', place = ''] = /^\s*(-?)@([^\s,;]+)(.*)$/.exec(piece) ?? [];
			const work = this.#find(key || piece.trim());
			const family = authorsOf(work)[0]?.family ?? '';
			const named = hidden === '-' || before.slice(-100).includes(family);
			const year = work.fields.year ?? '';
			return linked(work, named ? year : `${shortAuthors(work)}, ${year}`, place.trimEnd());
		});
		return [
			words('('),
			...links.flatMap((link, i) => (i ? [words('; '), ...link] : link)),
			words(')'),
		];
	}

	/**
	 * "Cho & Saul, 2009", for a work that the reference list is to hold.
	 * @throws RangeError for an unknown work.
	 */
	name(key: string): string {
		return workInShort(this.#find(key));
	}

	#find(key: string): Work {
		const work = this.#works.get(key);
		if (!work)
			throw new RangeError(
				`There is no work “${key}” in references.bib. ${didYouMean(key, [...this.#works.keys()])}`,
			);
		this.#cited.add(work);
		return work;
	}

	/** The reference list; undefined when nothing was cited. */
	list(): string | undefined {
		if (this.#cited.size === 0) return undefined;
		const items = [...this.#cited]
			.toSorted((a, b) => workAsHtml(a).localeCompare(workAsHtml(b), 'en'))
			.map((work) => `<li id="ref-${work.key}">${workAsHtml(work)}</li>`);
		return `<section id="references" aria-labelledby="references-title"><h2 id="references-title">References</h2><ul>${items.join('')}</ul></section>`;
	}
}

function linked(work: Work, text: string, place: string): PhrasingContent[] {
	return [
		inline('span', { class: 'reference' }, [
			{ type: 'link', url: `#ref-${work.key}`, children: [words(text)] },
			inline('span', { class: 'card', role: 'note' }, [
				{ type: 'rawHtml', value: workAsHtml(work) },
			]),
		]),
		...(place ? [words(place)] : []),
	];
}

/** "Cho & Saul, 2009". */
export function workInShort(work: Work): string {
	return `${shortAuthors(work)}, ${work.fields.year ?? ''}`;
}

function shortAuthors(work: Work): string {
	const [first, second, ...more] = authorsOf(work).map(({ family }) => family);
	if (more.length > 0) return `${first} et al.`;
	return second ? `${first} & ${second}` : (first ?? '');
}

/** A work as the reference list gives it, in HTML. */
export function workAsHtml(work: Work): string {
	const { title = '', year = '', pages } = work.fields;
	const home = work.fields.journal ?? work.fields.booktitle ?? work.fields.publisher;
	const volume = work.fields.volume ? ` ${work.fields.volume}` : '';
	const place = home
		? ` <em>${escapeHtml(home)}</em>${volume}${pages ? `, ${pages.replace('--', '–')}` : ''}.`
		: '';
	const address = addressOf(work);
	const link = address
		? ` <a href="${escapeHtml(address.href)}">${escapeHtml(address.label)}</a>`
		: '';
	return `${escapeHtml(fullAuthors(work))} (${year}). ${escapeHtml(title)}${/[?!]$/.test(title) ? '' : '.'}${place}${link}`;
}

function fullAuthors(work: Work): string {
	const names = authorsOf(work).map(({ family, given }) => {
		const initials = given
			.split(/[\s-]+/)
			.filter(Boolean)
			.map((name) => `${name[0]}.`);
		return [family, initials.join(' ')].filter(Boolean).join(', ');
	});
	const last = names.pop() ?? '';
	return names.length > 0 ? `${names.join(', ')} & ${last}` : last;
}

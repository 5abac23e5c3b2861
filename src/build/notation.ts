import { LineCounter, parseDocument } from 'yaml';
import type { Citations } from './citations.ts';
import { escapeHtml } from './html.ts';
import type { Maths } from './maths.ts';
import type { Reporter } from './mistakes.ts';
import type { NotedSymbol, NotedTerm, SiteSearchEntry } from './types.ts';

/** What a notation.yaml says: symbols as TeX, and words; `$…$` stands in the sentences. */
export interface Notation {
	readonly symbols: readonly {
		readonly symbol: string;
		readonly means: string;
		/** Key of a work → what stands for the same thing there. */
		readonly papers: Readonly<Record<string, string>>;
	}[];
	readonly terms: readonly { readonly term: string; readonly means: string }[];
}
export const noNotation: Notation = { symbols: [], terms: [] };

/** Reads a notation.yaml; what cannot be read is reported and left out. */
export function readNotation(source: string, report: Reporter): Notation {
	const lines = new LineCounter();
	const document = parseDocument(source, { lineCounter: lines });
	for (const error of document.errors)
		report.at(lines.linePos(error.pos[0]).line, error.message.split('\n')[0] ?? '');
	if (document.errors.length > 0) return noNotation;
	const given = (document.toJS() ?? {}) as Record<string, unknown>;
	for (const name of Object.keys(given))
		if (name !== 'symbols' && name !== 'terms')
			report.at(1, `Unknown name “${name}”. Allowed: symbols, terms.`);
	const listOf = (name: 'symbols' | 'terms', first: string) =>
		(Array.isArray(given[name]) ? (given[name] as unknown[]) : []).flatMap((entry) => {
			const fields = entry as Record<string, unknown> | null;
			const [head, means] = [fields?.[first], fields?.means];
			if (typeof head === 'string' && typeof means === 'string')
				return [{ head, means, papers: (fields?.papers ?? {}) as Record<string, string> }];
			report.at(1, `Each of ${name} has “${first}” and “means”, both texts.`);
			return [];
		});
	return {
		symbols: listOf('symbols', 'symbol').map(({ head, ...rest }) => ({ symbol: head, ...rest })),
		terms: listOf('terms', 'term').map(({ head, means }) => ({ term: head, means })),
	};
}

/** Two spellings of one formula are one. */
export function plainTex(tex: string): string {
	return tex.replaceAll(/\s+/g, '').replace(/^\{(.*)\}$/, '$1');
}

/** The notation as its page shows it; mistakes are reported. */
export function compileNotation(
	{ symbols, terms }: Notation,
	maths: Maths,
	citations: Citations,
	report: Reporter,
): { symbols: NotedSymbol[]; terms: NotedTerm[] } {
	const attempt = (what: string, make: () => string) => {
		try {
			return make();
		} catch (error) {
			report.at(1, `“${what}”: ${(error as Error).message}`);
			return '';
		}
	};
	const formula = (tex: string) => attempt(tex, () => maths.formula(tex, false).html);
	const sentence = (text: string) =>
		text
			.split('$')
			.map((part, i) => (i % 2 === 1 ? formula(part) : escapeHtml(part)))
			.join('');
	return {
		symbols: symbols.map(({ symbol, means, papers }) => ({
			tex: plainTex(symbol),
			html: formula(symbol),
			means: sentence(means),
			papers: Object.entries(papers).map(([key, tex]) => ({
				name: attempt(key, () => citations.name(key)),
				html: formula(tex),
			})),
		})),
		terms: terms.map(({ term, means }) => ({ term, means: sentence(means) })),
	};
}

/** What a search can find of the notation of a lesson; "" for that of all lessons. */
export function searchNotation({
	slug,
	title,
	notation: { symbols, terms },
}: {
	readonly slug: string;
	readonly title: string;
	readonly notation: Notation;
}): SiteSearchEntry[] {
	const at = { slug: 'notation', lesson: title };
	return [
		...symbols.map(({ symbol, means }) => ({
			...at,
			kind: 'symbol' as const,
			id: slug === '' ? 'shared' : `notation-${slug}`,
			title: `${spoken(symbol)}: ${spoken(means)}`,
			text: '',
		})),
		...terms.map(({ term, means }) => ({
			...at,
			kind: 'word' as const,
			id: termId(slug, term),
			title: term,
			text: spoken(means),
		})),
	];
}

/** Where a word stands on the page of notation. */
export function termId(slug: string, term: string): string {
	return `term-${slug === '' ? '' : `${slug}-`}${term.replaceAll(' ', '-')}`;
}

/** TeX as one would type it into a search: `\\kappa` is kappa. */
export function spoken(text: string): string {
	return text
		.replaceAll(/\\operatorname|[\\${}]/g, ' ')
		.replaceAll(/\s+/g, ' ')
		.replaceAll(/ ?([_^]) ?/g, '$1')
		.replaceAll(/ ([,;:.])/g, '$1')
		.trim();
}

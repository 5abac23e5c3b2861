import { expect, test } from 'vitest';
import type { SiteSearchEntry } from '#build/types.ts';
import { Library } from '../build/library.ts';
import { buildIndex, openIndex } from './searchIndex.ts';

const entries: SiteSearchEntry[] = new Library(process.cwd()).search(false);
const find = openIndex(JSON.parse(JSON.stringify(buildIndex(entries))));
const best = (query: string) => find(query)[0];

test.each([
	['silver rate', 'theorem', 'long-steps'],
	['silvr shedule', 'word', 'notation'],
	['edge of stabilty', 'section', 'loss-landscape'],
	['kappa condition', 'symbol', 'notation'],
	['lazines', 'theorem', 'ntk'],
])('“%s” finds a %s of %s first', (query, kind, slug) => {
	expect(best(query)).toMatchObject({ kind, slug });
});

test('captions are found as figures', () => {
	expect(find('Chebyshev quadratics').some(({ kind }) => kind === 'figure')).toBe(true);
});

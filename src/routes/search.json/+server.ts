import { json } from '@sveltejs/kit';
import { entries } from 'virtual:search';
import { buildIndex } from '#site/searchIndex.ts';

export const prerender = true;

/** The index that the search box loads when it is first used. */
export const GET = () => json(buildIndex(entries));

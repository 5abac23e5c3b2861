import { json } from '@sveltejs/kit';
import { wholeNotation } from '#site/notation.ts';

export const prerender = true;

/** All symbols and words; a page of its own data would bring its reader along on every other page. */
export const GET = async () => json(await wholeNotation());

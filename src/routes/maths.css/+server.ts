import { letters } from 'virtual:letters';

export const prerender = true;

/** The fonts of formulas' letters, for pages that speak of more than one lesson. */
export const GET = () => new Response(letters, { headers: { 'content-type': 'text/css' } });

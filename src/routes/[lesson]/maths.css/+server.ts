import { error } from '@sveltejs/kit';
import { lessons } from '#site/catalogue.ts';
import { lettersOf } from 'virtual:letters';

export const prerender = true;

export const entries = () => lessons.map(({ slug }) => ({ lesson: slug }));

/** The fonts of formulas' letters, of those that the lesson's page draws. */
export const GET = ({ params }) => {
	const css = lettersOf[params.lesson];
	if (css === undefined) error(404);
	return new Response(css, { headers: { 'content-type': 'text/css' } });
};

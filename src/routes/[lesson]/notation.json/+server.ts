import { error, json } from '@sveltejs/kit';
import { lessons, lessonPage } from '#site/catalogue.ts';
import { symbolsWithKnobs } from '#site/notation.ts';

export const prerender = true;

export const entries = () => lessons.map(({ slug }) => ({ lesson: slug }));

/** What the symbols of a lesson mean, for readers who ask. */
export const GET = async ({ params }) => {
	const lesson = await lessonPage(params.lesson);
	if (!lesson) error(404);
	return json(await symbolsWithKnobs(lesson));
};

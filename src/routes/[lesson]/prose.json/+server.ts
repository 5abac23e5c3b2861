import { error, json } from '@sveltejs/kit';
import { lessons, lessonPage } from '#site/catalogue.ts';
import { withPosters } from '#site/pageParts.ts';

export const prerender = true;

export const entries = () => lessons.map(({ slug }) => ({ lesson: slug }));

/** The parts of a lesson for readers who come from another page of the site. */
export const GET = async ({ params }) => {
	const lesson = await lessonPage(params.lesson);
	if (!lesson) error(404);
	return json(await withPosters(params.lesson, lesson.parts));
};

import { browser } from '$app/environment';
import { lessonPage } from '#site/catalogue.ts';

/** The figure that runs on the home page. */
const live = { lesson: 'ntk', of: 'training' };

export const load = async () => {
	const lesson = await lessonPage(live.lesson);
	if (!lesson)
		throw new Error(`The home page shows ${live.lesson}/${live.of}, which does not stand.`);
	const posterHtml = browser
		? ' '
		: await (await import('#site/pageParts.ts')).figurePoster(live.lesson, live.of);
	return { live, symbols: lesson.symbols, sources: lesson.sources, posterHtml };
};

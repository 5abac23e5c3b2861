import { browser } from '$app/environment';
import { lessonPage } from '#site/catalogue.ts';
import { withPosters } from '#site/pageParts.ts';

/** The figure that runs on the home page. */
const live = { lesson: 'ntk', of: 'training' };

export const load = async () => {
	const words = await lessonPage(live.lesson);
	const part = words?.parts.find((part) => part.kind === 'figure' && part.of === live.of);
	if (!words || part?.kind !== 'figure')
		throw new Error(`The home page shows ${live.lesson}/${live.of}, which does not stand.`);
	const posterHtml = browser
		? ' '
		: ((await withPosters(live.lesson, [part]))[0]?.posterHtml ?? '');
	return { live, symbols: words.symbols, captionHtml: part.captionHtml, posterHtml };
};

/** What stands in `lessons/`: with the worker, the only file of the site that globs it. */
import type { Component } from 'svelte';
import type { Figure, Part, Questions, Recording } from '#contract';
// Not from the whole contract: pages load what it brings along only with a figure.
import { parts } from '#contract/lesson.ts';
import type { CompiledLesson, ListedLesson } from '#build/types.ts';
import { lessonOf, lessons, symbolsOf } from 'virtual:lessons';

const figures = import.meta.glob<Figure>(
	['/lessons/*/figures/*.ts', '!**/*.test.ts', '!**/*.browser.ts'],
	{ import: 'default' },
);
const views = import.meta.glob<Component>('/lessons/*/figures/*.svelte', { import: 'default' });
const recordings = import.meta.glob<Recording>('/lessons/*/recorded/*.json', { import: 'default' });
const scripts = import.meta.glob<string>('/lessons/*/home/*.{ts,py}', {
	query: '?raw',
	import: 'default',
});
const questions = import.meta.glob<Questions>('/lessons/*/exercises.ts', { import: 'default' });

export { lessons };

export function lessonsByPart(): { part: Part; lessons: ListedLesson[] }[] {
	return parts
		.map((part) => ({ part, lessons: lessons.filter((lesson) => lesson.part === part) }))
		.filter((group) => group.lessons.length > 0);
}

/** A lesson as its page needs it. */
export interface LessonPage extends CompiledLesson {
	/** TeX of a knob's symbol → its HTML. */
	readonly symbols: Readonly<Record<string, string>>;
}

/** The compiled lesson; null where there is none of this name. */
export async function lessonPage(slug: string): Promise<LessonPage | null> {
	if (!Object.hasOwn(lessonOf, slug)) return null;
	const [lesson, symbols] = await Promise.all([lessonOf[slug]?.(), symbolsOf[slug]?.()]);
	return lesson ? { ...lesson.default, symbols: symbols?.default ?? {} } : null;
}

/** A figure with what the page shows of it first, the scripts to take home, and the fonts of its labels. */
export async function loadFigure(lesson: string, of: string) {
	const folder = `/lessons/${lesson}`;
	const [figure, recorded, view] = await Promise.all([
		figures[`${folder}/figures/${of}.ts`]?.(),
		recordings[`${folder}/recorded/${of}.json`]?.(),
		views[`${folder}/figures/${of[0]?.toUpperCase()}${of.slice(1)}.svelte`]?.(),
		import('virtual:label-fonts.css'),
	]);
	if (!figure) throw new RangeError(`There is no figure “${of}” in lesson “${lesson}”.`);
	const [ts, py] = ['ts', 'py'].map((kind) => scripts[`${folder}/home/${of}.${kind}`]);
	return {
		figure,
		recorded: recorded ?? null,
		view: view ?? null,
		scripts: ts && py ? { ts, py } : null,
	};
}

export async function loadQuestion(lesson: string, of: string) {
	const question = (await questions[`/lessons/${lesson}/exercises.ts`]?.())?.[of];
	if (!question) throw new RangeError(`There is no question “${of}” in lesson “${lesson}”.`);
	return question;
}

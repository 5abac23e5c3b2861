/** What stands in `lessons/`, as the build lists it. */
import type { Part } from '#contract';
// Not from the whole contract: pages load what it brings along only with a figure.
import { parts as partsOfTheField } from '#contract/lesson.ts';
import type { CompiledLesson, LessonParts, ListedLesson } from '#build/types.ts';
import { lessonOf, lessons, partsOf, symbolsOf } from 'virtual:lessons';

export { lessons };

export function lessonsByPart(): { part: Part; lessons: ListedLesson[] }[] {
	return partsOfTheField
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
	const files = await parts(lesson);
	const [figure, recorded, view] = await Promise.all([
		files?.figures[`${folder}/figures/${of}.ts`]?.(),
		files?.recordings[`${folder}/recorded/${of}.json`]?.(),
		files?.views[`${folder}/figures/${of[0]?.toUpperCase()}${of.slice(1)}.svelte`]?.(),
		import('virtual:label-fonts.css'),
	]);
	if (!figure) throw new RangeError(`There is no figure “${of}” in lesson “${lesson}”.`);
	const [ts, py] = ['ts', 'py'].map((kind) => files?.scripts[`${folder}/home/${of}.${kind}`]);
	return {
		figure,
		recorded: recorded ?? null,
		view: view ?? null,
		scripts: ts && py ? { ts, py } : null,
	};
}

export async function loadQuestion(lesson: string, of: string) {
	const files = await parts(lesson);
	const question = (await files?.questions[`/lessons/${lesson}/exercises.ts`]?.())?.[of];
	if (!question) throw new RangeError(`There is no question “${of}” in lesson “${lesson}”.`);
	return question;
}

async function parts(lesson: string): Promise<LessonParts | undefined> {
	return Object.hasOwn(partsOf, lesson) ? (await partsOf[lesson]?.())?.default : undefined;
}

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { didYouMean, type Figure } from '#contract';
import { UsageError } from './usageError.ts';

const root = join(import.meta.dirname, '../../lessons');

function folders(): string[] {
	return readdirSync(root, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map((entry) => entry.name)
		.sort();
}

/** The lessons that stand, by folder; `_template` and its like are left out. */
function lessonNames(): string[] {
	return folders().filter((name) => !name.startsWith('_'));
}

/** The figures of a lesson, by file. Throws UsageError for a lesson that does not exist. */
function figureNames(lesson: string): string[] {
	if (!folders().includes(lesson))
		throw new UsageError(`There is no lesson “${lesson}”. ${didYouMean(lesson, lessonNames())}`);
	return readdirSync(join(root, lesson, 'figures'))
		.filter((file) => /^[^.]+\.ts$/.test(file))
		.map((file) => file.slice(0, -'.ts'.length))
		.sort();
}

/** Loads a figure. Throws UsageError where lesson or figure do not exist. */
export async function loadFigure(lesson: string, figure: string): Promise<Figure> {
	const figures = figureNames(lesson);
	if (!figures.includes(figure))
		throw new UsageError(`${lesson} has no figure “${figure}”. ${didYouMean(figure, figures)}`);
	const file = pathToFileURL(join(root, lesson, 'figures', `${figure}.ts`)).href;
	return ((await import(file)) as { default: Figure }).default;
}

/** Every figure of the given lessons, or of all. */
export async function allFigures(
	lessons = lessonNames(),
): Promise<{ lesson: string; name: string; figure: Figure }[]> {
	const names = lessons.flatMap((lesson) => figureNames(lesson).map((name) => ({ lesson, name })));
	return Promise.all(
		names.map(async ({ lesson, name }) => ({
			lesson,
			name,
			figure: await loadFigure(lesson, name),
		})),
	);
}

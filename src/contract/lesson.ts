/** The parts of the field, in the order of the home page. */
export const parts = [
	'Foundations',
	'Approximation',
	'Optimisation',
	'The lazy regime',
	'Generalisation',
	'Robustness',
	'Geometry and science',
] as const;
export type Part = (typeof parts)[number];

/** The card of a lesson: the front matter of its lesson.md. */
export interface LessonMeta {
	/** The folder's name, and the address. */
	readonly slug: string;
	readonly title: string;
	/** One sentence, at most 160 characters. */
	readonly summary: string;
	readonly part: Part;
	/** Place within the part; gaps of ten. */
	readonly order: number;
	/** Reading time. */
	readonly minutes: number;
	/** Slugs of lessons to read before. */
	readonly needs: readonly string[];
	/** Sessions of the tracks this lesson covers, in words. */
	readonly covers: readonly string[];
}

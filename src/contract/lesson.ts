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

/** A question whose answer is computed by theory: an exercise, or a guess before the run is seen. */
export type Question =
	| {
			readonly kind: 'number';
			/** Computed, never typed. */
			answer(): number;
			/** Largest relative error accepted. */
			readonly within: number;
			readonly unit?: string;
			readonly hints: readonly string[];
			/** Usual slips: what another answer gives away. */
			readonly slips: readonly {
				readonly when: (given: number) => boolean;
				readonly say: string;
			}[];
			/** How it is done, once answered or given up. */
			readonly solution: string;
	  }
	| {
			readonly kind: 'choice';
			readonly options: readonly string[];
			/** Index of the right option, computed. */
			answer(): number;
			/** What to say of each option, in the lesson's own words. */
			readonly replies: readonly string[];
	  };
/** The default export of lessons/x/exercises.ts: name → question. */
export type Questions = Readonly<Record<string, Question>>;

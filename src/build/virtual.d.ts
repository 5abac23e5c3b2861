declare module 'virtual:lessons' {
	import type { CompiledLesson, LessonParts, ListedLesson } from '#build/types.ts';
	/** All lessons, in the order of the home page. Small: may go to the browser. */
	export const lessons: readonly ListedLesson[];
	/** Slug → the lesson, a chunk of its own. */
	export const lessonOf: Readonly<Record<string, () => Promise<{ default: CompiledLesson }>>>;
	/** Slug → the knobs' symbols, a chunk of its own. */
	export const symbolsOf: Readonly<
		Record<string, () => Promise<{ default: Readonly<Record<string, string>> }>>
	>;
	/** Slug → where its files are loaded from, a chunk of its own. */
	export const partsOf: Readonly<Record<string, () => Promise<{ default: LessonParts }>>>;
}
declare module 'virtual:lesson/*' {
	import type { CompiledLesson } from '#build/types.ts';
	const lesson: CompiledLesson;
	export default lesson;
}
declare module 'virtual:symbols/*' {
	/** TeX of a knob's symbol → its HTML. */
	const symbols: Readonly<Record<string, string>>;
	export default symbols;
}
declare module 'virtual:parts/*' {
	import type { LessonParts } from '#build/types.ts';
	const parts: LessonParts;
	export default parts;
}
declare module 'virtual:search' {
	import type { SiteSearchEntry } from '#build/types.ts';
	/** Every section of every lesson; empty in the browser. */
	export const entries: readonly SiteSearchEntry[];
}
declare module 'virtual:notation' {
	import type { CompiledLesson } from '#build/types.ts';
	/** What all lessons share; null in the browser. */
	const shared: CompiledLesson['own'] | null;
	export default shared;
}
declare module 'virtual:tracks' {
	import type { Track } from '#build/types.ts';
	/** All syllabi, in their order; in the browser without the papers. */
	export const tracks: readonly Track[];
}
declare module 'virtual:letters' {
	/** The fonts of all formulas' letters, as CSS; empty in the browser. */
	export const letters: string;
	/** Slug → those of the letters that the lesson's page draws. */
	export const lettersOf: Readonly<Record<string, string>>;
}
declare module 'virtual:maths.css';
declare module 'virtual:fonts.css';
declare module 'virtual:label-fonts.css';

import type { Component } from 'svelte';
import type { Figure, LessonMeta, Questions, Recording } from '#contract';

/** A lesson as the page receives it. */
export interface CompiledLesson {
	readonly meta: LessonMeta;
	/** In the browser the HTML of each part is a single space: prose never travels as JavaScript. */
	readonly parts: readonly CompiledPart[];
	readonly toc: readonly TocEntry[];
	/** In the browser this is empty. */
	readonly search: readonly SearchEntry[];
	/** TeX of a knob's symbol → its HTML. */
	readonly symbols: Readonly<Record<string, string>>;
	/** What the lesson's symbols mean, its own before those of all lessons; empty in the browser. */
	readonly notation: readonly NotedSymbol[];
	/** The lesson's own entries of the glossary and of the table of notation; empty in the browser. */
	readonly own: { readonly symbols: readonly NotedSymbol[]; readonly terms: readonly NotedTerm[] };
	/** Label of an equation that a prediction names → its number. */
	readonly equations: Readonly<Record<string, string>>;
	/** Key of a work that a prediction names as its source → "Jacot et al., 2018". */
	readonly sources: Readonly<Record<string, string>>;
}

/** Prose, and the places where something live stands between two pieces of it. */
export type CompiledPart =
	| { readonly kind: 'html'; readonly html: string }
	| {
			readonly kind: 'figure';
			/** Name of the file in the lesson's figures/, without ".ts". */
			readonly of: string;
			readonly number: number;
			readonly captionHtml: string;
	  }
	| {
			readonly kind: 'question';
			/** Key in the lesson's exercises.ts. */
			readonly of: string;
			readonly role: QuestionRole;
			/** Counted within the role. */
			readonly number: number;
			readonly bodyHtml: string;
			/** Where a check sends those who lack what it asks for. */
			readonly lack?: Lack;
	  }
	/** The checks of the lesson with what their reader made of them. */
	| { readonly kind: 'checklist' };

export const questionRoles = ['exercise', 'guess', 'check'] as const;
export type QuestionRole = (typeof questionRoles)[number];

/** A section that teaches what a question asks for. */
export interface Lack {
	/** Id of its heading. */
	readonly section: string;
	/** Name of the first figure in it, where there is one. */
	readonly figure: string | null;
}

/** A heading of the second or third level. */
export interface TocEntry {
	readonly id: string;
	readonly title: string;
	readonly depth: number;
}

/** What a search can find. */
export type SearchKind = 'section' | 'theorem' | 'figure' | 'symbol' | 'word';

/** The words under one heading or of one theorem or caption, formulas left out; the id of the opening is "". */
export interface SearchEntry {
	readonly kind: SearchKind;
	readonly id: string;
	readonly title: string;
	readonly text: string;
}

/** A search entry and the page it stands in. */
export interface SiteSearchEntry extends SearchEntry {
	/** The lesson's folder, or "notation". */
	readonly slug: string;
	readonly lesson: string;
}

/** A lesson in the list: a draft is a folder whose name begins with "_", seen in development only. */
export interface ListedLesson extends Omit<LessonMeta, 'covers'> {
	readonly draft: boolean;
}

/** Path from the project's root → what loads the file, for each kind of file in a lesson. */
export interface LessonParts {
	readonly figures: Loaders<Figure>;
	readonly views: Loaders<Component>;
	readonly recordings: Loaders<Recording>;
	readonly scripts: Loaders<string>;
	readonly questions: Loaders<Questions>;
}
type Loaders<T> = Readonly<Record<string, () => Promise<T>>>;

/** A symbol with what it means, as HTML, and what papers write for it. */
export interface NotedSymbol {
	readonly tex: string;
	readonly html: string;
	readonly means: string;
	readonly papers: readonly { readonly name: string; readonly html: string }[];
}

/** A word of the glossary; its sentence is HTML. */
export interface NotedTerm {
	readonly term: string;
	readonly means: string;
}

/** A syllabus through the lessons, in the order of its sessions. */
export interface Track {
	/** The file's name, and the address. */
	readonly slug: string;
	readonly title: string;
	readonly place: string;
	readonly term: string;
	readonly order: number;
	readonly summary: string;
	readonly sessions: readonly TrackSession[];
}
export interface TrackSession {
	readonly title: string;
	/** A date in words, where there is one. */
	readonly when: string | null;
	readonly papers: readonly TrackPaper[];
	/** Slugs of lessons, of which some may not stand yet. */
	readonly lessons: readonly string[];
}
export interface TrackPaper {
	readonly key: string;
	/** "Jacot et al., 2018". */
	readonly short: string;
	/** As a reference list gives it. */
	readonly html: string;
	/** What it claims, in two sentences. */
	readonly claims: string;
}

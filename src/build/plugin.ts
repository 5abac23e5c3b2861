import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin, ResolvedConfig } from 'vite';
import { charactersUsed } from './characters.ts';
import { Library } from './library.ts';
import { embedFonts, letterFonts } from './mathsFonts.ts';
import { labelFaces, proseFaces, textFonts } from './textFonts.ts';
import type { CompiledLesson, Track, TrackSession } from './types.ts';

const lists = ['lessons', 'search', 'notation', 'tracks', 'letters'].map((n) => `virtual:${n}`);
const perLesson = /^virtual:(lesson|symbols|parts)\/([\w-]+)$/;
/** Files that change a page's words, and those that only change what they may name. */
const written =
	/\/(lessons\/([\w-]+\/)?(lesson\.md|notation\.yaml|references\.bib|macros\.json)|tracks\/[\w-]+\.yaml)$/;
const named = /\/lessons\/[\w-]+\/(figures\/[\w-]+|exercises)\.ts$/;
const lessonFile = /\/lessons\/([\w-]+)\/lesson\.md$/;

/**
 * Vite plugin: `lessons/<slug>/lesson.md` as pages' HTML. The virtual modules are declared in
 * virtual.d.ts; lesson.md itself can be imported too, as `virtual:lesson/<slug>`.
 */
export function lessons(): Plugin {
	let config: ResolvedConfig;
	let library: Library;
	let styles: { maths: string; fonts: string; labels: string };
	const dev = () => config.command === 'serve';
	const isOurs = (id: string) =>
		id.startsWith('\0virtual:') || id === styles.maths || lessonFile.test(id);

	return {
		name: 'lessons',
		enforce: 'pre',
		configResolved(resolved) {
			config = resolved;
			const cache = join(config.root, 'node_modules/.cache/lessons');
			library = new Library(config.root, cache);
			styles = {
				maths: join(cache, 'maths.css'),
				fonts: join(cache, 'fonts.css'),
				labels: join(cache, 'labels.css'),
			};
			mkdirSync(cache, { recursive: true });
			for (const file of Object.values(styles)) writeFileSync(file, '');
		},
		resolveId(id) {
			if (id === 'virtual:maths.css') return styles.maths;
			if (id === 'virtual:fonts.css') return styles.fonts;
			if (id === 'virtual:label-fonts.css') return styles.labels;
			return lists.includes(id) || perLesson.test(id) ? `\0${id}` : undefined;
		},
		hotUpdate({ file }) {
			if (!file.startsWith(config.root) || !(written.test(file) || named.test(file))) return;
			const { moduleGraph, hot } = this.environment;
			for (const [id, module] of moduleGraph.idToModuleMap)
				if (isOurs(id)) moduleGraph.invalidateModule(module);
			if (!written.test(file)) return;
			hot.send({ type: 'full-reload' });
			return [];
		},
		async load(id) {
			const browser = this.environment.config.consumer === 'client';
			if (id === styles.maths) return embedFonts(library.mathsCss(), dev());
			if (id === styles.fonts)
				return textFonts(proseFaces, charactersUsed(config.root), dirname(id));
			if (id === styles.labels)
				return textFonts(labelFaces, charactersUsed(config.root), dirname(id));
			if (id === '\0virtual:lessons') return listModule(library, dev());
			if (id === '\0virtual:tracks')
				return `export const tracks = ${JSON.stringify(tracksFor(library, browser))};`;
			if (id === '\0virtual:search')
				return `export const entries = ${JSON.stringify(browser ? [] : library.search(dev()))};`;
			if (id === '\0virtual:letters') return lettersModule(library, browser, dev());
			if (id === '\0virtual:notation')
				return browser ? 'export default null;' : asModule(library.sharedNotation());
			const [, kind = 'lesson', slug] = perLesson.exec(id.slice(1)) ?? byFile(id, config.root);
			if (slug === undefined) return undefined;
			const lesson = library.lessons().find(({ meta }) => meta.slug === slug);
			if (!lesson) this.error(`There is no lesson “${slug}”.`);
			if (kind === 'symbols') return asModule(lesson.symbols);
			if (kind === 'parts') return partsModule(slug);
			return asModule(browser ? withoutWords(lesson) : lesson);
		},
	};
}

function byFile(id: string, root: string): [string, string, string] | [] {
	const slug = id.startsWith(root) ? lessonFile.exec(id)?.[1] : undefined;
	return slug === undefined ? [] : [id, 'lesson', slug];
}

function asModule(value: unknown): string {
	return `export default ${JSON.stringify(value)};`;
}

function listModule(library: Library, drafts: boolean): string {
	const list = library.list(drafts);
	const loaders = (kind: string) =>
		list.map(({ slug }) => `${JSON.stringify(slug)}: () => import('virtual:${kind}/${slug}'),`);
	return [
		`export const lessons = ${JSON.stringify(list)};`,
		`export const lessonOf = {${loaders('lesson').join('')}};`,
		`export const symbolsOf = {${loaders('symbols').join('')}};`,
		`export const partsOf = {${loaders('parts').join('')}};`,
	].join('\n');
}

/** Where the files of a lesson are loaded from; a module of its own, so that no page lists another's. */
function partsModule(slug: string): string {
	const glob = (files: string[], how: object) =>
		`import.meta.glob(${JSON.stringify(files)}, ${JSON.stringify(how)})`;
	const all = (file: string) => `/lessons/${slug}/${file}`;
	const itself = { import: 'default' };
	const figures = [all('figures/*.ts'), '!**/*.test.ts', '!**/*.browser.ts'];
	return `export default {
	figures: ${glob(figures, itself)},
	views: ${glob([all('figures/*.svelte')], itself)},
	recordings: ${glob([all('recorded/*.json')], itself)},
	scripts: ${glob([all('home/*.{ts,py}')], { ...itself, query: '?raw' })},
	questions: ${glob([all('exercises.ts')], itself)},
};`;
}

/** The letters of formulas, for each lesson's page and for all others; served as style sheets. */
async function lettersModule(library: Library, browser: boolean, dev: boolean): Promise<string> {
	if (browser) return 'export const letters = ""; export const lettersOf = {};';
	const css = library.mathsCss();
	const sheets = library
		.lessons()
		.map(async (lesson) => [lesson.meta.slug, await letterFonts(css, JSON.stringify(lesson), dev)]);
	const lettersOf = Object.fromEntries(await Promise.all(sheets)) as Record<string, string>;
	const letters = await letterFonts(css, null, dev);
	return `export const letters = ${JSON.stringify(letters)};
export const lettersOf = ${JSON.stringify(lettersOf)};`;
}

/** The browser steers by them, and fetches the words of one when its page is opened. */
function tracksFor(library: Library, browser: boolean): Track[] {
	const withoutPapers = (session: TrackSession) => ({ ...session, papers: [] });
	return library
		.tracks()
		.map((track) => (browser ? { ...track, sessions: track.sessions.map(withoutPapers) } : track));
}

/** Stand-ins for the browser: a space, which keeps the HTML that is there already. */
function withoutWords(lesson: CompiledLesson): CompiledLesson {
	const parts = lesson.parts.map((part) => {
		if (part.kind === 'figure') return { ...part, captionHtml: ' ' };
		if (part.kind === 'question') return { ...part, bodyHtml: ' ' };
		return part.kind === 'html' ? { ...part, html: ' ' } : part;
	});
	const own = { symbols: [], terms: [] };
	return { ...lesson, parts, search: [], notation: [], own };
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import subsetFont from 'subset-font';

const require = createRequire(import.meta.url);

/** The two large families: a page carries of them what it draws. The others are small, and on every page. */
const large = ['MJXTEX', 'MJXTEX-I'];

/** Families that the pieces of a stretchy bracket are looked for in. */
const stretchy = ['MJXTEX', 'MJXTEX-S1', 'MJXTEX-S4', 'MJXTEX-A'];

/** Hints serve screens of few pixels, and the layout is MathJax's own. */
const lean = {
	targetFormat: 'woff2' as const,
	noHinting: true,
	dropTables: ['FFTM', 'GDEF', 'GPOS', 'GSUB'],
};

const face = /@font-face[^{]*\{[^}]*?font-family:\s*(MJX[\w-]*);[^}]*\}/g;
const url = /url\("fonts\/MathJax_([\w-]+)\.woff"\) format\("woff"\)/;
/** A glyph in HTML, or in HTML within JSON: "mjx-c1D465 TEX-I". */
const letter = /<mjx-c class=\\?"(mjx-c[\w-]+(?: TEX[\w-]*)?)\\?"/g;
const glyph = /^(mjx-[^{\n]*)::before \{[^}]*?content: "((?:[^"\\]|\\.)*)"/gm;

/**
 * Puts the small fonts into MathJax's style sheet, cut down to the glyphs it draws, so that they cost no
 * request, and leaves out the large ones. `whole` keeps every glyph: quicker, for development.
 */
export async function embedFonts(css: string, whole: boolean): Promise<string> {
	const drawn = charactersByFamily(css, () => true);
	const faces = await Promise.all(
		[...css.matchAll(face)].map(([rule, family = '']) =>
			large.includes(family) ? '' : embeddedFace(rule, family, drawn, whole),
		),
	);
	let next = 0;
	return css.replace(face, () => faces[next++] ?? '');
}

/** The large fonts as a sheet of their own, cut down to the glyphs that stand in `html`; null for all. */
export async function letterFonts(
	css: string,
	html: string | null,
	whole: boolean,
): Promise<string> {
	const found = new Set(Array.from((html ?? '').matchAll(letter), ([, glyph]) => glyph));
	const drawn = charactersByFamily(css, (glyph) => html === null || found.has(glyph));
	const faces = [...css.matchAll(face)]
		.filter(([, family = '']) => large.includes(family))
		.map(([rule, family = '']) => embeddedFace(rule, family, drawn, whole));
	return (await Promise.all(faces)).join('\n');
}

async function embeddedFace(
	rule: string,
	family: string,
	drawn: ReadonlyMap<string, ReadonlySet<string>>,
	whole: boolean,
): Promise<string> {
	const file = fontFile(url.exec(rule)?.[1] ?? '');
	if (whole || family === 'MJXZERO') return rule.replace(url, embedded(file, 'woff'));
	const characters = drawn.get(family);
	if (!characters) return '';
	const font = await subsetFont(file, [...characters].join(''), lean);
	return rule.replace(url, embedded(font, 'woff2'));
}

function embedded(font: Buffer, format: string): string {
	return `url("data:font/${format};base64,${font.toString('base64')}") format("${format}")`;
}

/** Which characters the style sheet takes from which family, of the glyphs that are wanted and of all brackets. */
function charactersByFamily(
	css: string,
	isWanted: (glyph: string) => boolean,
): Map<string, Set<string>> {
	const drawn = new Map<string, Set<string>>();
	for (const [, selector = '', content = ''] of css.matchAll(glyph)) {
		const [, single] = /^mjx-c\.([\w.-]+)$/.exec(selector) ?? [];
		if (single && !isWanted(single.replace('.', ' '))) continue;
		const own = `MJX${/\.(TEX[\w-]*)/.exec(selector)?.[1] ?? 'TEX'}`;
		for (const family of selector.startsWith('mjx-stretchy') ? stretchy : [own]) {
			const set = drawn.get(family) ?? new Set<string>();
			for (const character of unescape(content)) set.add(character);
			drawn.set(family, set);
		}
	}
	return drawn;
}

/** CSS escapes, `\2211 `, as characters. */
function unescape(content: string): string {
	return content
		.replaceAll(/\\([0-9a-fA-F]{1,6})\s?/g, (_all, hex: string) =>
			String.fromCodePoint(parseInt(hex, 16)),
		)
		.replaceAll(/\\(.)/g, '$1');
}

function fontFile(name: string): Buffer {
	return readFileSync(
		require.resolve(`mathjax-full/es5/output/chtml/fonts/woff-v2/MathJax_${name}.woff`),
	);
}

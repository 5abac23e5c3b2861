import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import subsetFont from 'subset-font';

const require = createRequire(import.meta.url);

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
const glyph = /^(mjx-[^{\n]*)::before \{[^}]*?content: "((?:[^"\\]|\\.)*)"/gm;

/**
 * Puts the fonts into MathJax's style sheet, cut down to the glyphs it draws, so that they cost no
 * request. `whole` keeps every glyph: quicker, for development.
 */
export async function embedFonts(css: string, whole: boolean): Promise<string> {
	const drawn = charactersByFamily(css);
	const faces = await Promise.all(
		[...css.matchAll(face)].map(async ([rule, family = '']) => {
			const file = fontFile(url.exec(rule)?.[1] ?? '');
			if (whole || family === 'MJXZERO') return rule.replace(url, embedded(file, 'woff'));
			const characters = drawn.get(family);
			if (!characters) return '';
			const font = await subsetFont(file, [...characters].join(''), lean);
			return rule.replace(url, embedded(font, 'woff2'));
		}),
	);
	let next = 0;
	return css.replace(face, () => faces[next++] ?? '');
}

function embedded(font: Buffer, format: string): string {
	return `url("data:font/${format};base64,${font.toString('base64')}") format("${format}")`;
}

/** Which characters the style sheet takes from which family. */
function charactersByFamily(css: string): Map<string, Set<string>> {
	const drawn = new Map<string, Set<string>>();
	for (const [, selector = '', content = ''] of css.matchAll(glyph)) {
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

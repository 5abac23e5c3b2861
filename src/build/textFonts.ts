import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import { digest } from './maths.ts';

const require = createRequire(import.meta.url);
const version = 1;

type Range = number | { min: number; max: number };
interface Face {
	readonly family: string;
	readonly from: string;
	readonly style: 'normal' | 'italic';
	readonly weights: Range;
	/** OpenType features that the styles make use of. */
	readonly features: readonly string[];
}

const regularToBold = { min: 400, max: 600 };
// Kerning would cost a third of a font's bytes.
const serif = { family: 'Source Serif 4 Variable', from: 'source-serif-4', features: ['liga'] };

/** What every page is set in. */
export const proseFaces: readonly Face[] = [
	{ ...serif, style: 'normal', weights: regularToBold },
	{ ...serif, style: 'italic', weights: 400 },
];
/** What figures, notes and controls are set in; comes with the first figure. */
export const labelFaces: readonly Face[] = [
	{
		family: 'Inter Variable',
		from: 'inter',
		style: 'normal',
		weights: regularToBold,
		features: ['liga', 'tnum'],
	},
];
/** The scripts that a package keeps in files of their own; sub- and superscripts are left to the system. */
const scripts = ['latin', 'greek'] as const;

/**
 * Writes fonts, cut down to `characters`, into `folder`.
 * @returns the style sheet that names them, relative to the folder.
 */
export async function textFonts(
	faces: readonly Face[],
	characters: ReadonlySet<string>,
	folder: string,
): Promise<string> {
	mkdirSync(folder, { recursive: true });
	const rules = faces.flatMap((face) =>
		scripts.map(async (script) => {
			const covers = within(rangesOf(face.from, script));
			const wanted = [...characters].filter((c) => covers(c.codePointAt(0) ?? 0)).toSorted();
			return wanted.length === 0 ? '' : rule(face, script, wanted, folder);
		}),
	);
	return (await Promise.all(rules)).join('');
}

async function rule(face: Face, script: string, characters: readonly string[], folder: string) {
	const { family, from, style, weights } = face;
	const key = digest(JSON.stringify([version, face, script, characters]));
	const name = `${from}-${script}-${style}-${key}.woff2`;
	const path = join(folder, name);
	if (!existsSync(path)) writeFileSync(path, await cut(face, script, characters.join('')));
	const weight = typeof weights === 'number' ? weights : `${weights.min} ${weights.max}`;
	return `@font-face {
	font-family: '${family}';
	font-style: ${style};
	font-weight: ${weight};
	font-display: swap;
	src: url('./${name}?no-inline') format('woff2');
	unicode-range: ${rangesOf(from, script)};
}
`;
}

async function cut(face: Face, script: string, characters: string): Promise<Buffer> {
	const { from, style, weights, features } = face;
	const font = require.resolve(
		`@fontsource-variable/${from}/files/${from}-${script}-wght-${style}.woff2`,
	);
	const options = {
		targetFormat: 'woff2' as const,
		variationAxes: { wght: weights },
		keepFeatures: features,
	};
	return subsetFont(readFileSync(font), characters, options);
}

/** The code points that a file of the package covers, by its own list. */
function rangesOf(from: string, script: string): string {
	const file = require.resolve(`@fontsource-variable/${from}/unicode.json`);
	return (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)[script] ?? '';
}

function within(list: string): (code: number) => boolean {
	const ranges = list.split(',').map((range) => {
		const [low = '', high = low] = range.replace('U+', '').split('-');
		return [parseInt(low, 16), parseInt(high, 16)] as const;
	});
	return (code) => ranges.some(([low, high]) => low <= code && code <= high);
}

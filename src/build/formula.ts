import { mathjax } from 'mathjax-full/js/mathjax.js';
import { liteAdaptor } from 'mathjax-full/js/adaptors/liteAdaptor.js';
import { AssistiveMmlHandler } from 'mathjax-full/js/a11y/assistive-mml.js';
import { RegisterHTMLHandler } from 'mathjax-full/js/handlers/html.js';
import { TeX } from 'mathjax-full/js/input/tex.js';
import { AllPackages } from 'mathjax-full/js/input/tex/AllPackages.js';
import { CHTML } from 'mathjax-full/js/output/chtml.js';

/** Attributes that neither the style sheet nor a reader has a use for. */
const idle =
	/ id="mjx-[^"]*"| style="height: NaNem;"| unselectable="on"| xmlns="[^"]*"| (?:data-mjx-)?texclass="[^"]*"| data-mjx-variant="[^"]*"/g;

/** TeX of the site's own commands; with arguments: [TeX, how many]. */
export type Macros = Readonly<Record<string, string | readonly [string, number]>>;

/** What a formula needs of the style sheet: JSON of MathJax's own records. */
export interface Glyphs {
	readonly chars: readonly string[];
	readonly delimiters: readonly string[];
	readonly wrappers: readonly string[];
}
export interface Formula {
	readonly html: string;
	readonly glyphs: Glyphs;
}

const packages = AllPackages.filter((name) => name !== 'bussproofs' && name !== 'noundefined');
const adaptor = liteAdaptor();
AssistiveMmlHandler(RegisterHTMLHandler(adaptor));

/** One of MathJax's registers of what has been used. */
interface Register {
	readonly used: Set<string>;
	add(item: unknown): void;
	clear(): void;
}
/** The registers of an output jax; MathJax declares them protected. */
interface Registers {
	readonly wrapperUsage: Register;
	readonly font: { readonly charUsage: Register; readonly delimUsage: Register };
}

/** Typesets TeX to HTML with hidden MathML; throws MathJax's message when the TeX is wrong. */
export function typesetter(macros: Macros): (tex: string, display: boolean) => Formula {
	const output = new CHTML<unknown, unknown, unknown>({ fontURL: 'fonts' });
	const registers = output as unknown as Registers;
	const document = mathjax.document('', {
		InputJax: new TeX({
			packages,
			macros,
			tags: 'none',
			formatError: (_jax: unknown, error: Error) => {
				throw error;
			},
		}),
		OutputJax: output,
	});
	return (tex, display) => {
		registers.wrapperUsage.clear();
		registers.font.charUsage.clear();
		registers.font.delimUsage.clear();
		const node: unknown = document.convert(tex, { display });
		const html = adaptor.outerHTML(node as Parameters<typeof adaptor.outerHTML>[0]);
		return {
			html: html.replaceAll(idle, ''),
			glyphs: {
				chars: [...registers.font.charUsage.used],
				delimiters: [...registers.font.delimUsage.used],
				wrappers: [...registers.wrapperUsage.used],
			},
		};
	};
}

/** MathJax's style sheet for exactly these formulas; its fonts are named url("fonts/MathJax_….woff"). */
export function styleSheet(all: Iterable<Glyphs>): string {
	const output = new CHTML<unknown, unknown, unknown>({ fontURL: 'fonts' });
	const document = mathjax.document('', { InputJax: new TeX({ packages }), OutputJax: output });
	const registers = output as unknown as Registers;
	const record = (register: Register, items: readonly string[]) => {
		for (const item of items) register.add(JSON.parse(item));
	};
	for (const { chars, delimiters, wrappers } of all) {
		record(registers.font.charUsage, chars);
		record(registers.font.delimUsage, delimiters);
		record(registers.wrapperUsage, wrappers);
	}
	const sheet = output.styleSheet(document) as Parameters<typeof adaptor.textContent>[0];
	return adaptor.textContent(sheet);
}

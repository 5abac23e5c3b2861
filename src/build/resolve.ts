import { toString as textOf } from 'mdast-util-to-string';
import type { Nodes, Root, RootContent } from 'mdast';
import type { Citations } from './citations.ts';
import { checkLink, findLabel, type Places } from './links.ts';
import { labelInTex } from './labels.ts';
import { lineOf } from './markdown.ts';
import type { Maths } from './maths.ts';
import type { Reporter } from './mistakes.ts';
import { escapeHtml } from './html.ts';
import { plainTex, spoken } from './notation.ts';

/** All that a lesson draws on from outside its own text. */
export interface Surroundings {
	readonly slug: string;
	readonly places: Places;
	readonly citations: Citations;
	readonly maths: Maths;
	/** TeX of the symbols whose meaning is told. */
	readonly known: ReadonlySet<string>;
}

/** Fills in references, citations and formulas, and checks links. */
export function resolve(root: Root, around: Surroundings, report: Reporter): void {
	const { slug, places, citations, maths, known } = around;
	/** Symbols of this section that one can ask about already. */
	const offered = new Set<string>();
	below(root, true);

	/** `free`: outside of headings, links and summaries, which are for something else when clicked. */
	function below(node: Nodes, free: boolean): void {
		if (!('children' in node)) return;
		const parent = node as unknown as { children: RootContent[] };
		let before = '';
		parent.children = parent.children.flatMap((child, i, all) => {
			if (child.type === 'heading') offered.clear();
			const taken = child.type === 'heading' || child.type === 'link';
			const inside =
				free && !taken && !(child.type === 'blockquote' && child.data?.hName === 'summary');
			const stop = child.type === 'inlineMath' ? takeStop(all[i + 1]) : '';
			const made = attempt(child, () => filled(child, before, inside));
			below(child, inside);
			before += textOf(child) + stop;
			return stop === '' ? made : kept(made, stop);
		});
	}

	/** Takes the punctuation off the start of a text. */
	function takeStop(next: RootContent | undefined): string {
		if (next?.type !== 'text') return '';
		const [stop = ''] = /^[.,;:!?)’”]+/.exec(next.value) ?? [];
		next.value = next.value.slice(stop.length);
		return stop;
	}

	/** Without this a line may begin with the full stop after a formula. */
	function kept(made: readonly RootContent[], stop: string): RootContent[] {
		const raw = (value: string): RootContent => ({ type: 'rawHtml', value });
		return [raw('<span class="kept">'), ...made, raw(`${escapeHtml(stop)}</span>`)];
	}

	function attempt(node: RootContent, make: () => RootContent[]): RootContent[] {
		try {
			return make();
		} catch (error) {
			report.at(lineOf(node), (error as Error).message);
			return [];
		}
	}

	function filled(node: RootContent, before: string, free: boolean): RootContent[] {
		switch (node.type) {
			case 'reference': {
				const { url, number } = findLabel(node.label, slug, places);
				const value = node.bracketed ? `(${number})` : number;
				return [{ type: 'link', url, children: [{ type: 'text', value }] }];
			}
			case 'citation':
				return citations.cite(node.text, before);
			case 'link':
			case 'definition':
				checkLink(node.url, slug, places);
				return [node];
			case 'inlineMath':
				return [{ type: 'rawHtml', value: free ? symbol(node.value) : formula(node.value, false) }];
			case 'math':
				return [{ type: 'rawHtml', value: display(node.value) }];
			case 'html':
				if (node.value.startsWith('<!--')) return [];
				throw new RangeError('HTML is not allowed in a lesson: write Markdown and directives.');
			case 'image':
			case 'imageReference':
				throw new RangeError('A lesson has no image files: draw a figure, ::figure{of=…}.');
			case 'footnoteDefinition':
			case 'footnoteReference':
				throw new RangeError('A lesson has no footnotes: write a side note, :::note.');
			default:
				return [node];
		}
	}

	/** The first time in a section that a symbol stands alone, one can stop at it by keyboard and ask. */
	function symbol(tex: string): string {
		const html = formula(tex, false);
		const plain = plainTex(tex);
		if (!known.has(plain) || offered.has(plain)) return html;
		offered.add(plain);
		return `<button type="button" class="sym" aria-label="${escapeHtml(spoken(tex))}">${html}</button>`;
	}

	function display(tex: string): string {
		const labels = [...tex.matchAll(labelInTex)].map(([, label = '']) => label);
		const [first, ...others] = labels.map(escapeHtml);
		const anchors = others.map((id) => `<span id="${id}"></span>`).join('');
		const id = first === undefined ? '' : ` id="${first}"`;
		return `<div class="eq"${id}>${anchors}${formula(tex, true)}</div>`;
	}

	function formula(tex: string, isDisplay: boolean): string {
		if (!isDisplay && tex.includes('\\label'))
			throw new RangeError('Only a displayed formula can be numbered: $$ on lines of their own.');
		const numbered = tex
			.replace(
				labelInTex,
				(_all, label: string) => `\\tag{${findLabel(label, slug, places).number}}`,
			)
			.replace(
				/\\eqref\s*\{([^{}]*)\}/g,
				(_all, label: string) => `\\text{(${findLabel(label, slug, places).number})}`,
			);
		try {
			return maths.formula(numbered.trim(), isDisplay).html;
		} catch (error) {
			throw new RangeError(`Bad TeX in “${excerpt(tex)}”: ${(error as Error).message}.`, {
				cause: error,
			});
		}
	}
}

function excerpt(tex: string): string {
	const line = tex.trim().replaceAll(/\s+/g, ' ');
	return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}

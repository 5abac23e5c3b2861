import type { PhrasingContent, Root, RootContent, Text } from 'mdast';
import type { Node, Parent } from 'unist';
import remarkDirective from 'remark-directive';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import remarkSmartypants from 'remark-smartypants';
import { unified } from 'unified';

/** A link to a numbered thing: `\eqref{eq:rate}` or `:ref[thm:lazy]`. */
export interface CrossReference extends Node {
	type: 'reference';
	label: string;
	/** Equations are cited in brackets. */
	bracketed: boolean;
}
/** `[@cho2009, p. 3; @jacot2018]`. */
export interface Citation extends Node {
	type: 'citation';
	text: string;
}
/** HTML of our own making. */
export interface Raw extends Node {
	type: 'rawHtml';
	value: string;
}
declare module 'mdast' {
	interface RootContentMap {
		reference: CrossReference;
		citation: Citation;
		rawHtml: Raw;
	}
	interface PhrasingContentMap {
		reference: CrossReference;
		citation: Citation;
		rawHtml: Raw;
	}
}

/** Text directives of our own; any other `:word` in prose is just that. */
const textDirectives = ['ref', 'theory', 'experiment', 'value'];

const parser = unified()
	.use(remarkParse)
	.use(remarkGfm, { singleTilde: false })
	.use(remarkMath)
	.use(remarkDirective)
	.use(remarkFrontmatter);
const smartener = unified().use(remarkSmartypants, { dashes: 'oldschool' });

/** Parses Markdown whose first line is line `line` of its file. */
export function parseMarkdown(source: string, line = 1): Root {
	const root = parser.parse(source);
	restoreText(root, source);
	const tree = smartener.runSync(root) as Root;
	each(tree, (node) => {
		if (!('children' in node)) return;
		const parent = node as unknown as { children: RootContent[] };
		parent.children = parent.children.flatMap((child): RootContent[] =>
			child.type === 'text' ? markers(child) : [child],
		);
	});
	each(tree, (node) => {
		if (node.position) node.position.start.line += line - 1;
	});
	return tree;
}

/** The inline content of a caption or a title. */
export function parseInline(source: string, line: number): PhrasingContent[] {
	const [first, ...rest] = parseMarkdown(source, line).children;
	if (!first) return [];
	if (first.type !== 'paragraph' || rest.length > 0)
		throw new RangeError('A title or caption is a single paragraph.');
	return first.children;
}

/** Calls `see` on the node and everything below it, parents first. */
export function each(node: Node, see: (node: RootContent | Root) => void): void {
	see(node as RootContent | Root);
	for (const child of (node as Partial<Parent>).children ?? []) each(child, see);
}

/** The line a node begins on. */
export function lineOf(node: Node): number {
	return node.position?.start.line ?? 1;
}

/** `:flow` in `\eqref{eq:flow}` and `:30` in "at 12:30" are no directives: they become text again. */
function restoreText(root: Root, source: string): void {
	each(root, (node) => {
		if (!('children' in node)) return;
		const parent = node as unknown as { children: RootContent[] };
		const children: RootContent[] = [];
		for (const child of parent.children) {
			const restored = asText(child, source);
			const last = children.at(-1);
			if (restored?.type === 'text' && last?.type === 'text') {
				last.value += restored.value;
				if (last.position && restored.position) last.position.end = restored.position.end;
			} else children.push(restored);
		}
		parent.children = children;
	});
}

function asText(node: RootContent, source: string): RootContent {
	const { position } = node;
	if (node.type !== 'textDirective') return node;
	const written = source.slice(position?.start.offset, position?.end.offset);
	if (!textDirectives.includes(node.name)) {
		return { type: 'text', value: written, ...(position && { position }) };
	}
	if (node.name !== 'ref') return node;
	const label = /^:ref\[([^\]]*)\]/.exec(written)?.[1] ?? '';
	return { type: 'reference', label, bracketed: false, ...(position && { position }) };
}

const marker = /\\eqref\{([^{}]*)\}|\[(-?@[^\][]*)\]/g;

/** Splits a text at `\eqref{…}` and `[@…]`. */
function markers(text: Text): PhrasingContent[] {
	const found: PhrasingContent[] = [];
	let end = 0;
	const upTo = (index: number) => {
		if (index > end) found.push({ ...text, value: text.value.slice(end, index) });
	};
	for (const match of text.value.matchAll(marker)) {
		upTo(match.index);
		end = match.index + match[0].length;
		const line = lineOf(text) + text.value.slice(0, match.index).split('\n').length - 1;
		const at = { line, column: 1 };
		const position = { start: at, end: at };
		if (match[1] === undefined) found.push({ type: 'citation', text: match[2] ?? '', position });
		else found.push({ type: 'reference', label: match[1], bracketed: true, position });
	}
	upTo(text.value.length);
	return found;
}

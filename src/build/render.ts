import type { Element, ElementContent, Root as HtmlRoot } from 'hast';
import type { Root, RootContent } from 'mdast';
import rehypeStringify from 'rehype-stringify';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import type { Raw } from './markdown.ts';
import type { CompiledPart } from './types.ts';

/** Our own HTML passes through to the end; what an author writes is escaped. */
const toHast = unified().use(remarkRehype, {
	handlers: {
		rawHtml: (_state: unknown, { value }: Raw): ElementContent => ({ type: 'raw', value }),
	},
});
const toHtml = unified().use(rehypeStringify, { allowDangerousHtml: true });

/** Markdown whose directives and formulas have been dealt with, as HTML. */
export function htmlOf(children: readonly RootContent[]): string {
	const hast = toHast.runSync({ type: 'root', children: [...children] }) as HtmlRoot;
	return toHtml.stringify({ type: 'root', children: hast.children.map(tidy) }).trim();
}

/** The page in order: prose between the slots. */
export function partsOf(root: Root): CompiledPart[] {
	const parts: CompiledPart[] = [];
	let prose: RootContent[] = [];
	const close = () => {
		const html = htmlOf(prose);
		if (html !== '') parts.push({ kind: 'html', html });
		prose = [];
	};
	for (const node of root.children) {
		if (node.type !== 'slot' && node.type !== 'checklist') {
			prose.push(node);
			continue;
		}
		close();
		if (node.type === 'checklist') {
			parts.push({ kind: 'checklist' });
			continue;
		}
		const { of, number, role, lack } = node;
		if (role) {
			const bodyHtml = htmlOf(node.children);
			parts.push({ kind: 'question', of, role, number, bodyHtml, ...(lack && { lack }) });
		} else {
			// A caption is one paragraph; the figure's caption element takes its place.
			const captionHtml = htmlOf(node.children).replace(/^<p>|<\/p>$/g, '');
			parts.push({ kind: 'figure', of, number, captionHtml });
		}
	}
	close();
	return parts;
}

/** A table scrolls within itself, so that it never widens the page. */
function tidy<T extends HtmlRoot['children'][number]>(node: T): T | Element {
	if (node.type !== 'element' || node.tagName !== 'table') return node;
	const properties = { className: ['table'], tabIndex: 0 };
	return { type: 'element', tagName: 'div', properties, children: [node] };
}

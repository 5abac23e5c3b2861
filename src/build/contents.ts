import type { Nodes, Root } from 'mdast';
import type { SearchEntry, TocEntry } from './types.ts';

/** The words of a node; formulas and reference cards are left out. */
function wordsOf(node: Nodes): string {
	if (node.type === 'text' || node.type === 'inlineCode' || node.type === 'code') return node.value;
	if (!('children' in node)) return '';
	if (node.type === 'emphasis' && node.data?.hProperties?.role === 'note') return '';
	const isBlock = node.type !== 'emphasis' && node.type !== 'strong' && node.type !== 'link';
	return node.children.map((child: Nodes) => wordsOf(child)).join('') + (isBlock ? ' ' : '');
}

/** The headings of the second and third level, and the words below each. */
export function contentsOf(root: Root, title: string): { toc: TocEntry[]; search: SearchEntry[] } {
	const toc: TocEntry[] = [];
	const sections: { id: string; title: string; words: string[] }[] = [{ id: '', title, words: [] }];
	for (const node of root.children) {
		if (node.type === 'heading') {
			const id = String(node.data?.hProperties?.id ?? '');
			const entry = { id, title: collapse(wordsOf(node)), depth: node.depth };
			if (node.depth <= 3) toc.push(entry);
			sections.push({ id, title: entry.title, words: [] });
		} else sections.at(-1)?.words.push(wordsOf(node));
	}
	const search = sections.map(({ id, title, words }): SearchEntry => ({
		kind: 'section',
		id,
		title,
		text: collapse(words.join(' ')),
	}));
	return { toc, search: [...search, ...placesOf(root)] };
}

/** The theorems and their like, and the figures, which can be found by themselves. */
function placesOf(root: Root): SearchEntry[] {
	return root.children.flatMap((node): SearchEntry[] => {
		if (node.type === 'slot') {
			if (node.role !== undefined) return [];
			const title = `Figure ${node.number}`;
			return [{ kind: 'figure', id: `figure-${node.of}`, title, text: collapse(wordsOf(node)) }];
		}
		if (node.type !== 'blockquote') return [];
		const { id, class: name } = node.data?.hProperties ?? {};
		if (!String(name).startsWith('env ')) return [];
		const [head, ...rest] = node.children;
		const title = head ? collapse(wordsOf(head)) : '';
		const text = collapse(rest.map((child) => wordsOf(child)).join(' '));
		return [{ kind: 'theorem', id: String(id), title, text }];
	});
}

function collapse(text: string): string {
	return text
		.replaceAll(/\s+/g, ' ')
		.replaceAll(/ (?=[.,;:!?)])/g, '')
		.trim();
}

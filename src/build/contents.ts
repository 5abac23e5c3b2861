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
	const search = sections.map(({ id, title, words }) => ({
		id,
		title,
		text: collapse(words.join(' ')),
	}));
	return { toc, search };
}

function collapse(text: string): string {
	return text
		.replaceAll(/\s+/g, ' ')
		.replaceAll(/ (?=[.,;:!?)])/g, '')
		.trim();
}

import { toString as textOf } from 'mdast-util-to-string';
import type { Root } from 'mdast';
import { environments, isEnvironment } from './environmentNames.ts';
import { each, lineOf } from './markdown.ts';
import type { Reporter } from './mistakes.ts';

/** What a lesson offers to be linked to. */
export interface Outline {
	/** Label of an equation or environment → its number. */
	readonly numbers: Readonly<Record<string, string>>;
	/** Label of an environment → its name, "Theorem". */
	readonly kinds: Readonly<Record<string, string>>;
	/** Every fragment of the page. */
	readonly ids: readonly string[];
}

export const labelInTex = /\\label\s*\{([^{}]*)\}/g;

/** Numbers equations and environments, names headings, and refuses a label used twice. */
export function outlineOf(root: Root, report: Reporter): Outline {
	const numbers: Record<string, string> = {};
	const kinds: Record<string, string> = {};
	const lines = new Map<string, number>();
	let equations = 0;
	let counted = 0;

	const claim = (id: string, line: number) => {
		const before = lines.get(id);
		if (before === undefined) lines.set(id, line);
		else report.at(line, `The label “${id}” is taken already, in line ${before}.`);
	};
	each(root, (node) => {
		const line = lineOf(node);
		if (node.type === 'heading') {
			const wanted = slugOf(textOf(node));
			const id = freeName(wanted, lines);
			lines.set(id, line);
			node.data = { ...node.data, hProperties: { id } };
		} else if (node.type === 'math') {
			for (const [i, text] of node.value.split('\n').entries())
				for (const [, label = ''] of text.matchAll(labelInTex)) {
					claim(label, line + 1 + i);
					numbers[label] = String(++equations);
				}
		} else if (node.type === 'containerDirective' && isEnvironment(node.name)) {
			counted++;
			const id = node.attributes?.id ?? `${node.name}-${counted}`;
			node.attributes = { ...node.attributes, id };
			claim(id, line);
			numbers[id] = String(counted);
			kinds[id] = environments[node.name];
		} else if (node.type === 'leafDirective' && node.name === 'figure') {
			lines.set(`figure-${node.attributes?.of ?? ''}`, line);
		}
	});
	return { numbers, kinds, ids: [...lines.keys(), 'references'] };
}

/** "Why the kernel stays put?" → "why-the-kernel-stays-put". */
function slugOf(title: string): string {
	const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
	return words.join('-') || 'section';
}

function freeName(wanted: string, taken: ReadonlyMap<string, unknown>): string {
	if (!taken.has(wanted)) return wanted;
	let i = 2;
	while (taken.has(`${wanted}-${i}`)) i++;
	return `${wanted}-${i}`;
}

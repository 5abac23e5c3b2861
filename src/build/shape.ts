import { toString as textOf } from 'mdast-util-to-string';
import type { BlockContent, Root, RootContent } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import { didYouMean } from '#contract';
import { directives } from './environmentNames.ts';
import { environment, step, type Inline } from './environments.ts';
import type { Outline } from './labels.ts';
import { lineOf, parseInline } from './markdown.ts';
import type { Reporter } from './mistakes.ts';
import { inline } from './nodes.ts';
import { makeSlots, type Offers } from './slots.ts';

/** Replaces every directive by what it stands for. */
export function shape(root: Root, outline: Outline, offers: Offers, report: Reporter): void {
	const inlineOf: Inline = (source, line) => {
		try {
			return parseInline(source, line);
		} catch (error) {
			report.at(line, (error as Error).message);
			return [];
		}
	};
	makeSlots(root, offers, inlineOf, report);
	replaceBelow(root);

	function replaceBelow(node: RootContent | Root): void {
		if (!('children' in node)) return;
		const parent = node as unknown as { children: RootContent[] };
		let steps = 0;
		const inProof = node.type === 'containerDirective' && node.name === 'proof';
		parent.children = parent.children.map((child) => {
			replaceBelow(child);
			if (child.type === 'textDirective')
				return child.name === 'value'
					? inline('span', { 'data-value': textOf(child) }, child.children)
					: inline('b', { class: child.name }, child.children);
			if (child.type === 'leafDirective') return misplaced(child.name, 'leaf', lineOf(child));
			if (child.type !== 'containerDirective') return child;
			if (inProof && child.name === 'step') return step(child, ++steps, inlineOf);
			return container(child);
		});
	}

	function container(node: ContainerDirective): BlockContent {
		const replaced = environment(node, outline, inlineOf, report);
		return replaced ?? misplaced(node.name, 'container', lineOf(node));
	}

	function misplaced(name: string, kind: keyof typeof directives, line: number): BlockContent {
		const colons = kind === 'leaf' ? '::' : ':::';
		const known = directives[kind];
		report.at(
			line,
			known.some((legal) => legal === name)
				? `“${colons}${name}” stands at the top level of a lesson, within nothing else.`
				: `There is no “${colons}${name}”. ${didYouMean(name, known)}`,
		);
		return { type: 'paragraph', children: [] };
	}
}

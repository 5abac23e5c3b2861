import type { BlockContent, Paragraph, Root, RootContent } from 'mdast';
import type { ContainerDirective, LeafDirective } from 'mdast-util-directive';
import type { Node } from 'unist';
import { didYouMean } from '#contract';
import { lineOf } from './markdown.ts';
import type { Inline } from './environments.ts';
import type { Reporter } from './mistakes.ts';
import { questionRoles, type QuestionRole } from './types.ts';

/** A place in the prose where something live will stand; its words are its children. */
export interface Slot extends Node {
	type: 'slot';
	of: string;
	number: number;
	/** Undefined for a figure. */
	role: QuestionRole | undefined;
	children: BlockContent[];
}
declare module 'mdast' {
	interface RootContentMap {
		slot: Slot;
	}
	interface BlockContentMap {
		slot: Slot;
	}
}

/** What a lesson's folder offers to be placed. */
export interface Offers {
	readonly figures: readonly string[];
	readonly questions: readonly string[];
}

/** Turns the figures and questions at the top level into slots, counted. */
export function makeSlots(root: Root, offers: Offers, inlineOf: Inline, report: Reporter): void {
	const count = new Map<string, number>();
	const next = (kind: string) => {
		const number = (count.get(kind) ?? 0) + 1;
		count.set(kind, number);
		return number;
	};
	root.children = root.children.map((node): RootContent => {
		if (node.type === 'leafDirective' && node.name === 'figure') {
			const of = named(node, 'figure', 'figures/ of this lesson', offers.figures, report);
			const caption = node.attributes?.caption ?? '';
			if (caption === '')
				report.at(lineOf(node), 'A figure needs a caption: ::figure{of=… caption="…"}.');
			const children: Paragraph[] = [
				{ type: 'paragraph', children: inlineOf(caption, lineOf(node)) },
			];
			return slot(node, of, next('figure'), undefined, children);
		}
		if (node.type === 'containerDirective' && node.name === 'question') {
			const of = named(node, 'question', 'exercises.ts of this lesson', offers.questions, report);
			const role = roleOf(node, report);
			return slot(node, of, next(role), role, node.children as BlockContent[]);
		}
		return node;
	});
}

function slot(
	node: Node,
	of: string,
	number: number,
	role: QuestionRole | undefined,
	children: BlockContent[],
): Slot {
	return {
		type: 'slot',
		of,
		number,
		role,
		children,
		...(node.position && { position: node.position }),
	};
}

function named(
	node: LeafDirective | ContainerDirective,
	what: string,
	where: string,
	legal: readonly string[],
	report: Reporter,
): string {
	const of = node.attributes?.of ?? '';
	if (!legal.includes(of))
		report.at(lineOf(node), `There is no ${what} “${of}” in ${where}. ${didYouMean(of, legal)}`);
	return of;
}

function roleOf(node: ContainerDirective, report: Reporter): QuestionRole {
	const kind = node.attributes?.kind ?? 'exercise';
	const role = questionRoles.find((known) => known === kind);
	if (!role)
		report.at(lineOf(node), `A question is no “${kind}”. ${didYouMean(kind, questionRoles)}`);
	return role ?? 'exercise';
}

import type { BlockContent, Heading, Paragraph, Root, RootContent } from 'mdast';
import type { ContainerDirective, LeafDirective } from 'mdast-util-directive';
import type { Node } from 'unist';
import { didYouMean } from '#contract';
import { lineOf } from './markdown.ts';
import type { Inline } from './environments.ts';
import type { Reporter } from './mistakes.ts';
import { questionRoles, type Lack, type QuestionRole } from './types.ts';

/** A place in the prose where something live will stand; its words are its children. */
export interface Slot extends Node {
	type: 'slot';
	of: string;
	number: number;
	/** Undefined for a figure. */
	role: QuestionRole | undefined;
	/** Of a check. */
	lack?: Lack;
	children: BlockContent[];
}

/** The place of the list of all checks. */
export interface Checklist extends Node {
	type: 'checklist';
}
declare module 'mdast' {
	interface RootContentMap {
		slot: Slot;
		checklist: Checklist;
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

/** Turns the figures, questions and checklists at the top level into slots, counted. */
export function makeSlots(root: Root, offers: Offers, inlineOf: Inline, report: Reporter): void {
	const count = new Map<string, number>();
	const next = (kind: string) => {
		const number = (count.get(kind) ?? 0) + 1;
		count.set(kind, number);
		return number;
	};
	const before = root.children;
	root.children = before.map((node): RootContent => {
		if (node.type === 'leafDirective' && node.name === 'checklist') {
			if (!before.some(isCheck))
				report.at(
					lineOf(node),
					'A checklist needs checks: :::question{of=… kind=check section=…}.',
				);
			return { type: 'checklist', ...(node.position && { position: node.position }) };
		}
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
			const made = slot(node, of, next(role), role, node.children as BlockContent[]);
			return role === 'check' ? { ...made, lack: lackOf(node, before, report) } : made;
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

function isCheck(node: RootContent): boolean {
	return (
		node.type === 'containerDirective' &&
		node.name === 'question' &&
		node.attributes?.kind === 'check'
	);
}

/** The section that a check names, and the first figure before the next heading of its depth. */
function lackOf(node: ContainerDirective, page: readonly RootContent[], report: Reporter): Lack {
	const section = node.attributes?.section ?? '';
	const ids = page.map((other) => (other.type === 'heading' ? idOf(other) : ''));
	const start = ids.indexOf(section);
	if (section === '' || start < 0) {
		const known = ids.filter((id) => id !== '');
		const hint = didYouMean(section, known);
		report.at(
			lineOf(node),
			`A check names the section that teaches it, and there is none “${section}”. ${hint}`,
		);
		return { section, figure: null };
	}
	const depth = (page[start] as Heading).depth;
	const after = page.slice(start + 1);
	const end = after.findIndex((other) => other.type === 'heading' && other.depth <= depth);
	const figure = after
		.slice(0, end < 0 ? undefined : end)
		.find((other) => other.type === 'leafDirective' && other.name === 'figure');
	return { section, figure: (figure as LeafDirective | undefined)?.attributes?.of ?? null };
}

function idOf(heading: Heading): string {
	return String(heading.data?.hProperties?.id ?? '');
}

function roleOf(node: ContainerDirective, report: Reporter): QuestionRole {
	const kind = node.attributes?.kind ?? 'exercise';
	const role = questionRoles.find((known) => known === kind);
	if (!role)
		report.at(lineOf(node), `A question is no “${kind}”. ${didYouMean(kind, questionRoles)}`);
	return role ?? 'exercise';
}

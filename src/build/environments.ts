import type { BlockContent, PhrasingContent } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import { didYouMean } from '#contract';
import { environments, isEnvironment } from './environmentNames.ts';
import type { Outline } from './labels.ts';
import { lineOf } from './markdown.ts';
import type { Reporter } from './mistakes.ts';
import { block, inline, words } from './nodes.ts';

/** What an attribute's Markdown becomes. */
export type Inline = (source: string, line: number) => PhrasingContent[];

/** Theorem and the like, proof, step and note as elements; undefined for another name. */
export function environment(
	node: ContainerDirective,
	outline: Outline,
	inlineOf: Inline,
	report: Reporter,
): BlockContent | undefined {
	const title = node.attributes?.title;
	const titled = title ? inlineOf(title, lineOf(node)) : undefined;
	if (isEnvironment(node.name)) return numbered(node, node.name, outline, titled);
	if (node.name === 'note') return block('aside', { class: 'note' }, node.children);
	if (node.name === 'proof') return proof(node, outline, titled, report);
	if (node.name === 'step') {
		report.at(lineOf(node), 'A step stands within a proof, which opens with one more colon.');
		return block('details', { class: 'step' }, node.children);
	}
	return undefined;
}

function numbered(
	node: ContainerDirective,
	name: keyof typeof environments,
	outline: Outline,
	title: PhrasingContent[] | undefined,
): BlockContent {
	const id = node.attributes?.id ?? '';
	const called = words(`${environments[name]} ${outline.numbers[id] ?? ''}`);
	const head: PhrasingContent[] = [
		{ type: 'link', url: `#${id}`, children: [called] },
		...(title ? [words(' '), inline('span', { class: 'env-name' }, title)] : []),
	];
	return block('div', { class: `env ${name}`, id }, [
		block('p', { class: 'env-title' }, head),
		...node.children,
	]);
}

function proof(
	node: ContainerDirective,
	outline: Outline,
	title: PhrasingContent[] | undefined,
	report: Reporter,
): BlockContent {
	const of = node.attributes?.of;
	const proved = Object.keys(outline.kinds);
	const known = of !== undefined && of !== null && proved.includes(of);
	if (of && !known)
		report.at(lineOf(node), `Nothing here is called “${of}”. ${didYouMean(of, proved)}`);
	const subject = of && known ? ` of ${outline.kinds[of]} ${outline.numbers[of]}` : '';
	return block('details', { class: 'proof' }, [
		block('summary', {}, title ?? [words(`Proof${subject}`)]),
		...node.children,
	]);
}

/** The steps of a proof, counted. */
export function step(node: ContainerDirective, number: number, inlineOf: Inline): BlockContent {
	const title = node.attributes?.title ?? '';
	return block('details', { class: 'step' }, [
		block('summary', {}, [
			inline('span', { class: 'step-number' }, [words(`${number}.`)]),
			words(' '),
			...inlineOf(title, lineOf(node)),
		]),
		...node.children,
	]);
}

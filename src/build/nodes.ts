import type { BlockContent, PhrasingContent, RootContent } from 'mdast';

/** An element of the page, made of Markdown. */
export function block(
	tag: string,
	properties: Record<string, string | boolean>,
	children: readonly RootContent[],
): BlockContent {
	return {
		type: 'blockquote',
		data: { hName: tag, hProperties: properties },
		children: children as BlockContent[],
	};
}

/** The same within a line. */
export function inline(
	tag: string,
	properties: Record<string, string | boolean>,
	children: readonly PhrasingContent[],
): PhrasingContent {
	return {
		type: 'emphasis',
		data: { hName: tag, hProperties: properties },
		children: [...children],
	};
}

export function words(value: string): PhrasingContent {
	return { type: 'text', value };
}

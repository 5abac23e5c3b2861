/** Which symbol a piece of a typeset formula is: told by the glyphs, so that formulas carry nothing extra. */
import type { NotedSymbol } from '#build/types.ts';

/** A symbol with the knobs that turn it, and their defaults. */
export interface AskedSymbol extends Omit<NotedSymbol, 'tex'> {
	readonly knobs: readonly {
		readonly figure: string;
		readonly title: string;
		readonly id: string;
		readonly value: string;
	}[];
}

/** Wrappers of MathJax that show nothing of their own. */
const silent = new Set(['mjx-mrow', 'mjx-texatom', 'mjx-mstyle', 'mjx-math', 'mjx-mpadded']);

/** The glyphs of a node and how they are put together: the same for the same symbol, wherever it stands. */
export function glyphsOf(node: Element): string {
	const tag = node.tagName.toLowerCase();
	if (tag === 'mjx-c')
		return (/mjx-c([0-9A-F]+)/.exec(node.getAttribute('class') ?? '') ?? [])[1] ?? '';
	if (tag === 'mjx-utext') return node.textContent;
	if (tag === 'mjx-assistive-mml' || tag === 'mjx-mspace') return '';
	const inside = [...node.children].map(glyphsOf).filter((glyphs) => glyphs !== '');
	const joined = inside.join(',');
	if (silent.has(tag) || inside.length === 0 || ['mjx-mi', 'mjx-mo', 'mjx-mn'].includes(tag))
		return joined;
	// An accent is a mark over its base, whatever boxes MathJax builds for it.
	return `${tag.slice(4)}(${joined})`;
}

/** Glyphs → the symbol. */
export function symbolTable(symbols: readonly AskedSymbol[]): ReadonlyMap<string, AskedSymbol> {
	const table = new Map<string, AskedSymbol>();
	for (const symbol of symbols) {
		const template = document.createElement('template');
		template.innerHTML = symbol.html;
		const math = template.content.querySelector('mjx-math');
		const glyphs = math ? glyphsOf(math) : '';
		if (glyphs !== '' && !table.has(glyphs)) table.set(glyphs, symbol);
	}
	return table;
}

/** The symbol at a place in a formula, the largest one that contains it, and where it stands. */
export function symbolAt(
	place: Element,
	table: ReadonlyMap<string, AskedSymbol>,
): { readonly symbol: AskedSymbol; readonly at: Element } | null {
	let found: { symbol: AskedSymbol; at: Element } | null = null;
	for (let node: Element | null = place; node; node = node.parentElement) {
		const tag = node.tagName.toLowerCase();
		if (!tag.startsWith('mjx-') || tag === 'mjx-container') break;
		const symbol = table.get(glyphsOf(node));
		if (symbol) found = { symbol, at: node };
	}
	return found;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/** The type that labels are set in, at one size. */
export interface Lettering {
	/** CSS pixels. */
	readonly size: number;
	/** From one line to the next. */
	readonly row: number;
	/** Width of a text, near enough to leave room for it. */
	width(text: string): number;
}

export function lettering(size: number): Lettering {
	return { size, row: Math.round(1.33 * size), width: (text) => 0.56 * size * text.length };
}

/** A label with a halo, so that it reads over a line; x and y are where it begins, on its baseline. */
export function label(
	document: Document,
	{ size }: Lettering,
	text: string,
	colour: string,
	x: number,
	y: number,
): Element {
	const halo = 'paint-order:stroke;stroke:var(--bg);stroke-width:3px';
	const node = element(document, 'text', {
		x: x.toFixed(1),
		y: y.toFixed(1),
		fill: colour,
		'text-anchor': 'start',
		style: `font:500 ${size}px var(--sans);${halo}`,
	});
	node.textContent = text;
	return node;
}

/** An SVG element with its attributes; those that are undefined are left out. */
export function element(
	document: Document,
	name: string,
	attributes: Readonly<Record<string, string | undefined>>,
): Element {
	const node = document.createElementNS(svgNamespace, name);
	for (const [key, value] of Object.entries(attributes))
		if (value !== undefined) node.setAttribute(key, value);
	return node;
}

/** What a figure has drawn, as one picture that stands on its own. */
import { resolved } from './dark.ts';

const svgNamespace = 'http://www.w3.org/2000/svg';
/** Pixels of a PNG per CSS pixel. */
const density = 2;
const margin = 12;

/** All plots, maps, surfaces and their titles, where they stand on the page; colours and fonts resolved. */
export function svgOf(picture: HTMLElement): string {
	const box = picture.getBoundingClientRect();
	const parts = [
		...picture.querySelectorAll<HTMLElement | SVGSVGElement>('canvas, svg, .panel-title'),
	];
	// Not drawn twice: an SVG within another is part of it.
	const outer = parts.filter(
		(part) => !parts.some((other) => other !== part && other.contains(part)),
	);
	const drawn = outer.map((part) => {
		const { left, top } = part.getBoundingClientRect();
		return placed(part, left - box.left + margin, top - box.top + margin);
	});
	const [width, height] = [box.width, box.height].map((size) => Math.ceil(size) + 2 * margin);
	const text =
		`<svg xmlns="${svgNamespace}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
		`<rect width="100%" height="100%" fill="var(--bg)"/>${drawn.join('')}</svg>`;
	return standalone(text, picture);
}

/** The same in pixels, two to a CSS pixel. */
export async function pngOf(svg: string): Promise<Blob> {
	const image = new Image();
	image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
	await image.decode();
	const canvas = document.createElement('canvas');
	canvas.width = density * image.naturalWidth;
	canvas.height = density * image.naturalHeight;
	canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
	return new Promise((resolve, reject) =>
		canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no PNG')))),
	);
}

function placed(part: HTMLElement | SVGSVGElement, x: number, y: number): string {
	const at = `x="${x.toFixed(1)}" y="${y.toFixed(1)}"`;
	const { width, height } = part.getBoundingClientRect();
	if (part instanceof HTMLCanvasElement)
		return `<image ${at} width="${width}" height="${height}" href="${part.toDataURL()}"/>`;
	if (part instanceof SVGSVGElement) {
		const copy = part.cloneNode(true) as SVGSVGElement;
		copy.setAttribute('x', x.toFixed(1));
		copy.setAttribute('y', y.toFixed(1));
		copy.setAttribute('color', getComputedStyle(part).color);
		return new XMLSerializer().serializeToString(copy);
	}
	const { fontSize, fontWeight } = getComputedStyle(part);
	const line = document.createElementNS(svgNamespace, 'text');
	line.textContent = part.textContent.trim();
	line.setAttribute('x', x.toFixed(1));
	line.setAttribute('y', (y + 0.75 * height).toFixed(1));
	line.setAttribute('fill', 'var(--ink)');
	line.setAttribute('style', `font:${fontWeight} ${fontSize} var(--sans)`);
	return new XMLSerializer().serializeToString(line);
}

/** No variable is left: outside the page there is nobody to ask. */
function standalone(svg: string, within: HTMLElement): string {
	const style = getComputedStyle(within);
	const known = new Map<string, string>();
	return svg.replace(/var\((--[\w-]+)\)/g, (_, name: string) => {
		const given = style.getPropertyValue(name);
		const value = /^--(sans|serif|mono)$/.test(name) ? given : resolved(within, name);
		if (!known.has(name)) known.set(name, value.replaceAll('"', "'"));
		return known.get(name) ?? '';
	});
}

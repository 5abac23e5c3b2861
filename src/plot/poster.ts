import { parseHTML } from 'linkedom';
import {
	defaults,
	recordedGrid,
	type Figure,
	type Picture,
	type Recording,
	type Run,
} from '#contract';
import { mosaic } from './mosaic.ts';
import { pictureHeight } from './panelSizes.ts';
import { plane } from './plane.ts';
import { plotPanel } from './plotPanel.ts';
import { seriesOf } from './series.ts';

/** CSS pixels, the width of a panel on a phone; a wider page puts two side by side. */
const size = { width: 356, height: 250 };

/**
 * The still picture of a figure, drawn at build by the functions that draw it live: theory at the
 * defaults, and the recorded run where there is one. Static SVG in CSS colours.
 */
export function posterHtml(figure: Figure, recorded: Recording | null): string {
	const run: Run = {
		params: defaults(figure.knobs),
		seed: recorded?.seed ?? 0,
		seeds: recorded?.seeds ?? figure.seeds,
	};
	const step = recorded?.steps ?? figure.steps(run);
	const predicted = Object.fromEntries(
		figure.predictions.map((prediction) => [prediction.id, prediction.predict(run, step)]),
	);
	const { document } = parseHTML('<!doctype html><html><body></body></html>');
	const panels = figure.panels.map((panel) => {
		const series = seriesOf(figure, panel.id, predicted, recorded);
		const svg = plotPanel(panel, series, { ...size, document });
		return cell(panel.title, svg);
	});
	const pictures = (figure.pictures ?? []).map((picture) =>
		cell(picture.title, still(picture, recorded, document)),
	);
	return `<div class="poster panels">${[...panels, ...pictures].join('')}</div>`;
}

function cell(title: string, svg: Element | null): string {
	const drawn = svg ? short(svg.outerHTML) : '';
	return `<div class="panel"><p class="panel-title">${title}</p>${drawn}</div>`;
}

/** A recorded picture; null where there is none. */
function still(picture: Picture, recorded: Recording | null, document: Document): Element | null {
	const kept = recorded?.pictures?.[picture.id];
	if (!kept) return null;
	const { width } = size;
	const grid = recordedGrid(kept);
	const whole = plane(picture, grid, { width, height: pictureHeight(width, 12), document });
	whole.svg.prepend(...mosaic(picture, grid, whole, document));
	whole.svg.setAttribute('aria-label', `${picture.title}: ${kept.description}`);
	return whole.svg;
}

/** Half pixels are enough for a place; what stands in the text is left alone. */
function short(svg: string): string {
	const places = /\s(?:d|transform|[xy][12]?|c[xy])="[^"]*"/g;
	const halves = (number: string) => String(Math.round(Number(number) * 2) / 2);
	return svg.replace(places, (attribute) => attribute.replace(/-?\d+\.\d+/g, halves));
}

import { parseHTML } from 'linkedom';
import { defaults, type Figure, type Report, type Run } from '#contract';
import { panelSizes } from './panelSizes.ts';
import { plotPanel } from './plotPanel.ts';
import { seriesOf } from './series.ts';

/** Container widths, in CSS pixels, that the two still pictures are drawn for; see poster.css. */
const widths = { wide: 860, narrow: 340 };

/**
 * The still picture of a figure, drawn at build by the functions that draw it live: theory at the
 * defaults, and the recorded run where there is one. Static SVG in CSS colours, in two sizes.
 */
export function posterHtml(figure: Figure, recorded: Report | null): string {
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
	const draw = (containerWidth: number) => {
		const { columns, width, height } = panelSizes(containerWidth, figure.panels.length);
		const panels = figure.panels.map((panel) => {
			const series = seriesOf(figure, panel.id, predicted, recorded);
			const svg = plotPanel(panel, series, { width, height, document });
			return `<div class="panel"><p class="panel-title">${panel.title}</p>${short(svg.outerHTML)}</div>`;
		});
		return `<div class="panels" style="--columns:${columns}">${panels.join('')}</div>`;
	};
	// The second picture says the same: screen readers hear it once.
	return `<div class="poster"><div class="poster-wide">${draw(widths.wide)}</div><div class="poster-narrow" aria-hidden="true">${draw(widths.narrow)}</div></div>`;
}

/** Tenths of a pixel are enough for a place; what stands in the text is left alone. */
function short(svg: string): string {
	const places = /\s(?:d|transform|[xy][12]?|c[xy])="[^"]*"/g;
	const tenths = (number: string) => String(Math.round(Number(number) * 10) / 10);
	return svg.replace(places, (attribute) => attribute.replace(/-?\d+\.\d{2,}/g, tenths));
}

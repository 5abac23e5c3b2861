import { parseHTML } from 'linkedom';
import { defaults, type Figure, type Report, type Run } from '#contract';
import { plotPanel } from './plotPanel.ts';
import { seriesOf } from './series.ts';

/** CSS pixels, the width of a panel on a phone; a wider page puts two side by side. */
const size = { width: 356, height: 250 };

/**
 * The still picture of a figure, drawn at build by the functions that draw it live: theory at the
 * defaults, and the recorded run where there is one. Static SVG in CSS colours.
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
	const panels = figure.panels.map((panel) => {
		const series = seriesOf(figure, panel.id, predicted, recorded);
		const svg = plotPanel(panel, series, { ...size, document });
		return `<div class="panel"><p class="panel-title">${panel.title}</p>${short(svg.outerHTML)}</div>`;
	});
	return `<div class="poster panels">${panels.join('')}</div>`;
}

/** Half pixels are enough for a place; what stands in the text is left alone. */
function short(svg: string): string {
	const places = /\s(?:d|transform|[xy][12]?|c[xy])="[^"]*"/g;
	const halves = (number: string) => String(Math.round(Number(number) * 2) / 2);
	return svg.replace(places, (attribute) => attribute.replace(/-?\d+\.\d+/g, halves));
}

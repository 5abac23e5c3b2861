/** The files that a reader takes home; loaded when the first is asked for. */
import { seriesOf } from '#plot/series.ts';
import { csvOf } from './csv.ts';
import { download } from './download.ts';
import type { Pins } from './pins.svelte.ts';
import { shownPicture } from './pictures.ts';
import type { Runner } from './runner.svelte.ts';
import { filledIn, takenRun, type Scripts, type TakenRun } from './scripts.ts';
import { pngOf, svgOf } from './stillImage.ts';

export type HomeKind = 'svg' | 'png' | 'csv' | 'json' | 'ts' | 'py';

interface Shown {
	readonly runner: Runner;
	readonly pins: Pins;
	readonly scripts: Scripts | null;
	/** What the figure has drawn. */
	readonly picture: HTMLElement | null;
}

/** Makes the file and hands it to the browser; resolves with its name, rejects where it cannot be made. */
export async function takeHome(kind: HomeKind, shown: Shown): Promise<string> {
	const { address, seed } = shown.runner;
	const name = `${address.lesson}-${address.figure}-seed${seed}.${kind}`;
	download(name, await fileOf(kind, shown));
	return name;
}

async function fileOf(kind: HomeKind, { runner, pins, scripts, picture }: Shown): Promise<Blob> {
	switch (kind) {
		case 'svg':
			return new Blob([svgOf(picture!)], { type: 'image/svg+xml' });
		case 'png':
			return pngOf(svgOf(picture!));
		case 'csv':
			return new Blob([csvOfFigure(runner, pins)], { type: 'text/csv' });
		case 'json':
			return new Blob([JSON.stringify(runner.latest.report, null, '\t')], {
				type: 'application/json',
			});
		case 'ts':
		case 'py': {
			const text = filledIn(await scripts![kind](), runToTake(runner));
			return new Blob([text], { type: 'text/plain' });
		}
	}
}

/** The run that is shown, its curves measured where it has run to its end. */
function runToTake({ address, figure, run, latest, predicted, status, turned }: Runner): TakenRun {
	if (status === 'done' && latest.report && !turned) return takenRun(latest.report);
	const curves = Object.entries(predicted).map(([id, { x, y }]) => ({
		...{ id, x, predicted: y, measured: [] },
	}));
	return { ...address, ...run, steps: figure.steps(run), curves };
}

/** Exactly what is plotted, a row per point, and of pictures a row per value. */
export function csvOfFigure(runner: Runner, pins: Pins): string {
	const { figure, predicted, report, frame, pictures } = runner;
	const rows: (string | number | undefined)[][] = [
		['panel', 'curve', 'label', 'run', 'x', 'y', 'low', 'high'],
	];
	for (const { id } of figure.panels)
		for (const { kind, label, curve, pin } of seriesOf(figure, id, predicted, report, pins.curves))
			curve.x.forEach((x, i) => {
				const { y, low, high } = curve;
				rows.push([id, kind, label, pin?.letter ?? 'shown', x, y[i], low?.[i], high?.[i]]);
			});
	for (const picture of figure.pictures ?? []) {
		const shown = shownPicture(picture, frame, pictures[picture.id]);
		if (!shown || !('grid' in shown)) continue;
		const { x, y, values } = shown.grid;
		rows.push([], ['picture', 'value of', 'label', 'run', 'x', 'y', 'value']);
		values.forEach((value, k) => {
			const at = [x[k % x.length], y[Math.floor(k / x.length)]];
			rows.push([picture.id, 'picture', picture.colour.label, 'shown', ...at, value]);
		});
	}
	return csvOf(rows);
}

/** `npm run record [-- lesson/figure]`: writes the recorded runs that pages show first. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { defaults, type Report } from '#contract';
import { readAddress } from './arguments.ts';
import { allFigures, loadFigure } from './lessons.ts';
import { main } from './main.ts';
import { showProgress } from './progress.ts';
import { runFigure } from './runFigure.ts';

await main(async (signal) => {
	const asked = process.argv.slice(2).map(readAddress);
	const figures =
		asked.length === 0
			? await allFigures()
			: await Promise.all(
					asked.map(async ({ lesson, figure }) => ({
						lesson,
						name: figure,
						figure: await loadFigure(lesson, figure),
					})),
				);
	for (const { lesson, name, figure } of figures) {
		const run = { params: defaults(figure.knobs), seed: 0, seeds: figure.seeds };
		const address = { lesson, figure: name };
		const onProgress = showProgress(`${lesson}/${name}`);
		const { report } = await runFigure(address, figure, run, 'wasm', { signal, onProgress });
		onProgress(1);
		const folder = `lessons/${lesson}/recorded`;
		mkdirSync(folder, { recursive: true });
		const text = `${JSON.stringify(shortened(report))}\n`;
		writeFileSync(`${folder}/${name}.json`, text);
		process.stdout.write(`${folder}/${name}.json  ${(text.length / 1024).toFixed(0)} kB\n`);
	}
});

/** Twelve digits are more than a picture or a test needs; places on the axis are kept to the last. */
function shortened(report: Report): Report {
	const short = (values: readonly number[]) => values.map((v) => Number(v.toPrecision(12)));
	const predictions = report.predictions.map((p) => ({
		...p,
		predicted: short(p.predicted),
		measured: short(p.measured),
		low: p.low && short(p.low),
		high: p.high && short(p.high),
	}));
	return { ...report, predictions };
}

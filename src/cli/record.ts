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
		const report = await runFigure(address, figure, run, 'wasm', { signal, onProgress });
		onProgress(1);
		const folder = `lessons/${lesson}/recorded`;
		mkdirSync(folder, { recursive: true });
		writeFileSync(`${folder}/${name}.json`, `${JSON.stringify(report, rounded)}\n`);
		process.stdout.write(`${folder}/${name}.json  ${sizeOf(report)}\n`);
	}
});

/** Twelve digits are more than a picture or a test needs, and shorten the file. */
function rounded(_key: string, value: unknown): unknown {
	return typeof value === 'number' && !Number.isInteger(value)
		? Number(value.toPrecision(12))
		: value;
}

function sizeOf(report: Report): string {
	return `${(JSON.stringify(report, rounded).length / 1024).toFixed(0)} kB`;
}

/** `npm run record [-- lesson/figure]`: writes the recorded runs that pages show first. */
import { mkdirSync, writeFileSync } from 'node:fs';
import {
	defaults,
	gridProblem,
	thinned,
	type Figure,
	type Frame,
	type RecordedPicture,
	type Report,
} from '#contract';
import { readAddress } from './arguments.ts';
import { allFigures, loadFigure } from './lessons.ts';
import { main } from './main.ts';
import { showProgress } from './progress.ts';
import { runFigure } from './runFigure.ts';

/** Values a side and digits that a recorded picture keeps. */
const most = 101;
const digits = 4;

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
		let last = null as Frame | null;
		const onFrame = (frame: Frame) => void (last = frame);
		const options = { signal, onProgress, onFrame };
		const { report } = await runFigure(address, figure, run, 'wasm', options);
		onProgress(1);
		const folder = `lessons/${lesson}/recorded`;
		mkdirSync(folder, { recursive: true });
		const recording = { ...shortened(report), ...(last && recordedPictures(figure, last)) };
		const text = `${JSON.stringify(recording)}\n`;
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

/** The pictures of the last frame; nothing where the figure has none. */
function recordedPictures(figure: Figure, frame: Frame) {
	if (!figure.pictures?.length) return {};
	const pictures = figure.pictures.map((picture): [string, RecordedPicture] => {
		const whole = picture.draw(frame);
		const problem = gridProblem(picture, whole);
		if (problem) throw new Error(problem);
		const { x, y, values } = thinned(whole, most);
		const short = values.map((v) => Number(v.toPrecision(digits)));
		return [picture.id, { grid: { x, y, values: short }, description: picture.describe(whole) }];
	});
	return { pictures: Object.fromEntries(pictures) };
}

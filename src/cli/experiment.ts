/** `npm run -s experiment`: lists the figures, or runs one and prints its report. */
import { settingsInWords } from '#contract';
import { readAddress, readArguments, readBackend, readRun, usage } from './arguments.ts';
import { allFigures, loadFigure } from './lessons.ts';
import { listing, listingText } from './list.ts';
import { main } from './main.ts';
import { showProgress } from './progress.ts';
import { runFigure, type Outcome } from './runFigure.ts';
import { UsageError } from './usageError.ts';

await main(async (signal) => {
	const given = readArguments(process.argv.slice(2));
	if (given.help) return print(usage);
	if (given.list) {
		const figures = await allFigures();
		if (given.json)
			print(json(figures.map(({ lesson, name, figure }) => listing(lesson, name, figure))));
		else
			print(
				figures.map(({ lesson, name, figure }) => listingText(lesson, name, figure)).join('\n\n'),
			);
		return;
	}
	if (given.figure === undefined)
		throw new UsageError(`Name a figure, as in ntk/training, or ask for --list.\n${usage}`);

	const address = readAddress(given.figure);
	const figure = await loadFigure(address.lesson, address.figure);
	const run = readRun(figure, given);
	const progress = showProgress(given.figure);
	const outcome = await runFigure(address, figure, run, readBackend(given.backend), {
		signal,
		onProgress: progress,
	});
	progress(1);
	const { report, early } = outcome;
	if (early) process.stderr.write(`${early}\n`);
	print(given.json ? json(report) : words(outcome));
	if (report.predictions.some((p) => p.verdict === 'disagrees')) process.exitCode = 3;
});

function words({ report, kernelsPerStep }: Outcome): string {
	const { lesson, figure, params, seed, seeds, backend, steps, seconds } = report;
	const counted =
		kernelsPerStep === null ? '' : `, ${Number(kernelsPerStep.toPrecision(2))} kernels a step`;
	return [
		`${lesson}/${figure}: ${settingsInWords(params)}`,
		`seeds ${seed} to ${seed + seeds - 1}, ${backend}, ${steps} steps in ${seconds.toFixed(1)} s${counted}`,
		'',
		...report.predictions.map((p) => `${p.title}\n  ${p.sentence}`),
	].join('\n');
}

function json(document: unknown): string {
	return JSON.stringify(document, null, 2);
}

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}

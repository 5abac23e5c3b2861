/**
 * `npm run lanes [-- lesson …]`: every figure of the lessons, ntk unless told otherwise, at its defaults
 * on every lane; prints what each makes of each claim, and exits with 3 where two differ in a verdict.
 */
import { defaults, lanes, showNumber, type Lane, type Report } from '#contract';
import { allFigures } from './lessons.ts';
import { main } from './main.ts';
import { runFigure } from './runFigure.ts';
import { table } from './table.ts';

await main(async (signal) => {
	const asked = process.argv.slice(2);
	const rows: string[][] = [];
	const seconds: string[][] = [];
	let differ = false;
	for (const { lesson, name, figure } of await allFigures(asked.length > 0 ? asked : ['ntk'])) {
		const run = { params: defaults(figure.knobs), seed: 0, seeds: figure.seeds };
		const reports = new Map<Lane, Report>();
		for (const lane of lanes) {
			process.stderr.write(`${lesson}/${name} on ${lane} …\n`);
			const address = { lesson, figure: name };
			reports.set(lane, (await runFigure(address, figure, run, lane, { signal })).report);
		}
		const on = (lane: Lane, id: string) =>
			reports.get(lane)?.predictions.find((prediction) => prediction.id === id);
		const took = (lane: Lane) => reports.get(lane)?.seconds.toFixed(1) ?? '–';
		seconds.push([`${lesson}/${name}`, String(run.seeds), ...lanes.map(took)]);
		for (const { id } of figure.predictions) {
			const verdicts = new Set(lanes.map((lane) => on(lane, id)?.verdict));
			differ ||= verdicts.size > 1;
			rows.push([
				`${lesson}/${name} ${id}`,
				...lanes.map((lane) => showNumber(on(lane, id)?.gap ?? NaN)),
				showNumber(on('cpu', id)?.allowed ?? NaN),
				[...verdicts].join(', '),
			]);
		}
	}
	const gaps = lanes.map((lane) => `gap on ${lane}`);
	process.stdout.write(`${table(['claim', ...gaps, 'allowed', 'verdict on all'], rows)}\n\n`);
	process.stdout.write(`${table(['seconds', 'seeds', ...lanes], seconds)}\n`);
	if (differ) process.exitCode = 3;
});

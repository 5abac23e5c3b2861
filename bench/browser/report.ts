import { allowedLossError } from '../measure.ts';
import { markdown, rounded } from '../report.ts';
import { flopsOf, type Task } from '../tasks.ts';
import { clock, type MeasuredInPage } from './measure.ts';

export interface Result {
	readonly task: Task;
	readonly measured: readonly MeasuredInPage[];
}

/** One line per task and contender, with the parts of the page and of the process that draws. */
export function pageTable(results: readonly Result[]): string {
	const lines = results.flatMap(({ task, measured }) => {
		const of = (name: string) => measured.find((m) => m.name === name)?.cpuUs ?? NaN;
		return measured.map(({ name, cpuUs, jsUs, gpuUs, draws, lossError }, i) => [
			i === 0 ? task.name : '',
			i === 0 ? String(task.replicas) : '',
			name,
			String(rounded(cpuUs)),
			String(rounded(jsUs)),
			String(rounded(gpuUs)),
			`${rounded(cpuUs / of('webgl'))}×`,
			`${rounded(cpuUs / of('wasm'))}×`,
			(flopsOf(task) / cpuUs / 1000).toFixed(2),
			String(rounded(draws)),
			`${lossError.toExponential(0)}${lossError <= allowedLossError ? '' : ' **wrong**'}`,
		]);
	});
	return markdown(
		[
			'task',
			'R',
			'contender',
			`${clock.measures} µs / step`,
			'page',
			'drawing',
			'/ webgl',
			'/ wasm',
			'GFLOP/s',
			'draws / step',
			'loss error',
		],
		lines,
	);
}

import { allowedLossError } from '../measure.ts';
import { markdown, rounded, times } from '../report.ts';
import { flopsOf, type Task } from '../tasks.ts';
import { clock, isFailed, type Failed, type MeasuredInPage } from './measure.ts';

export interface Result {
	readonly task: Task;
	readonly measured: readonly (MeasuredInPage | Failed)[];
}

/** One line per task and contender, with the parts of the page and of the process that draws. */
export function pageTable(results: readonly Result[]): string {
	const lines = results.flatMap(({ task, measured }) => {
		const of = (name: string) =>
			measured.find((m): m is MeasuredInPage => !isFailed(m) && m.name === name)?.cpuUs;
		const head = (i: number) => (i === 0 ? [task.name, String(task.replicas)] : ['', '']);
		return measured.map((result, i) => {
			if (isFailed(result))
				return [
					...head(i),
					result.name,
					`**failed**: ${result.failed}`,
					...Array<string>(7).fill(''),
				];
			const { name, cpuUs, jsUs, gpuUs, draws, lossError } = result;
			return [
				...head(i),
				name,
				String(rounded(cpuUs)),
				String(rounded(jsUs)),
				String(rounded(gpuUs)),
				times(cpuUs, of('webgl')),
				times(cpuUs, of('wasm')),
				(flopsOf(task) / cpuUs / 1000).toFixed(2),
				String(rounded(draws)),
				`${lossError.toExponential(0)}${lossError <= allowedLossError ? '' : ' **wrong**'}`,
			];
		});
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

import { cpus } from 'node:os';
import type { EigenRow } from './eigen.ts';
import type { Measured } from './measure.ts';
import { flopsOf, type Task } from './tasks.ts';

/** A line of `--json`; ratios say how many times the lane's CPU time a peer takes. */
export interface Row {
	readonly task: string;
	readonly replicas: number;
	readonly lane: string;
	readonly steps_per_s: number;
	readonly cpu_us_per_step: number;
	/** Null where nothing is drawn. */
	readonly draws_per_step: number | null;
	readonly loss_error: number;
	readonly ratio: Readonly<Record<Peer, number | null>>;
}

type Peer = 'fit' | 'minimize' | 'objectGraph' | 'loops';

/** For tfjs the quicker of its backends. */
const peers: Readonly<Record<Peer, readonly string[]>> = {
	fit: ['tfjs fit, wasm', 'tfjs fit, cpu', 'tfjs fit, webgl'],
	minimize: ['tfjs minimize, wasm', 'tfjs minimize, cpu', 'tfjs minimize, webgl'],
	objectGraph: ['object graph'],
	loops: ['loops'],
};

/** Our lanes among the contenders, and what the contract calls them. */
const ours: Readonly<Record<string, string>> = {
	webgl: 'webgl',
	wasm: 'wasm',
	reference: 'cpu',
};

export function machine(): string {
	const all = cpus();
	return `${all[0]?.model.trim() ?? 'unknown'}, ${all.length} cores, Node ${process.version}`;
}

export function rowsOf(task: Task, measured: readonly Measured[]): Row[] {
	return measured.flatMap(({ name, cpuUs, lossError, draws = 0 }) => {
		const lane = ours[name];
		if (lane === undefined) return [];
		const ratio = (peer: Peer) => {
			const times = measured.filter((m) => peers[peer].includes(m.name)).map((m) => m.cpuUs);
			return times.length > 0 ? rounded(Math.min(...times) / cpuUs) : null;
		};
		return {
			task: task.name,
			replicas: task.replicas,
			lane,
			steps_per_s: rounded(1e6 / cpuUs),
			cpu_us_per_step: rounded(cpuUs),
			draws_per_step: draws > 0 ? draws : null,
			loss_error: rounded(lossError),
			ratio: {
				fit: ratio('fit'),
				minimize: ratio('minimize'),
				objectGraph: ratio('objectGraph'),
				loops: ratio('loops'),
			},
		};
	});
}

/** One line per task and contender: µs per step, how many times that of the wasm lane, FLOP rate, error. */
export function tableOf(results: readonly { task: Task; measured: readonly Measured[] }[]): string {
	const lines = results.flatMap(({ task, measured }) => {
		const wasm = measured.find(({ name }) => name === 'wasm')?.cpuUs;
		return measured.map(({ name, cpuUs, lossError }, i) => [
			i === 0 ? task.name : '',
			i === 0 ? String(task.replicas) : '',
			name,
			String(rounded(cpuUs)),
			times(cpuUs, wasm),
			(flopsOf(task) / cpuUs / 1000).toFixed(2),
			lossError.toExponential(0),
		]);
	});
	return markdown(
		['task', 'R', 'contender', 'CPU µs / step', '/ wasm', 'GFLOP/s', 'loss error'],
		lines,
	);
}

export function eigenTable(rows: readonly EigenRow[]): string {
	const lines = rows.map(({ n, mlMatrix, vectors, values }) => [
		String(n),
		...[mlMatrix, vectors, values].map((ms) => String(rounded(ms))),
		`${rounded(mlMatrix / vectors)}×`,
	]);
	return markdown(
		[
			'symmetric n',
			'ml-matrix, ms',
			'ours with vectors, ms',
			'values alone, ms',
			'ml-matrix / ours',
		],
		lines,
	);
}

export function markdown(head: readonly string[], lines: readonly (readonly string[])[]): string {
	const all = [head, head.map(() => '---'), ...lines];
	return all.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** To three digits. */
export function rounded(value: number): number {
	return Number(value.toPrecision(3));
}

/** "12.5×", or a dash where there is nothing to compare with. */
export function times(one: number, other: number | undefined): string {
	return other === undefined ? '–' : `${rounded(one / other)}×`;
}

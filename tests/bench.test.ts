/** What `npm run bench` prints, from made-up measurements: the command itself is never part of the tests. */
import { expect, it } from 'vitest';
import { rowsOf, tableOf } from '../bench/report.ts';
import { tasks } from '../bench/tasks.ts';

const [task] = tasks;
const of = (name: string, cpuUs: number) => ({ name, cpuUs, lossError: 1e-8 });
const measured = [
	of('wasm', 2),
	of('reference', 50),
	of('loops', 12),
	of('object graph', 300),
	of('tfjs minimize, wasm', 800),
	of('tfjs minimize, cpu', 600),
];

it('gives data a row for each lane of ours, with what its peers take', () => {
	expect(rowsOf(task!, measured)).toEqual([
		{
			task: task!.name,
			replicas: task!.replicas,
			lane: 'wasm',
			steps_per_s: 500_000,
			cpu_us_per_step: 2,
			draws_per_step: null,
			loss_error: 1e-8,
			ratio: { fit: null, minimize: 300, objectGraph: 150, loops: 6 },
		},
		expect.objectContaining({ lane: 'cpu', ratio: expect.objectContaining({ loops: 0.24 }) }),
	]);
});

it('compares with no lane that did not finish', () => {
	expect(tableOf([{ task: task!, measured }])).toContain('| object graph | 300 | 150× |');
	expect(tableOf([{ task: task!, measured: measured.slice(1) }])).toContain('| 300 | – |');
});

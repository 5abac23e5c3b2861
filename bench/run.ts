import { parseArgs } from 'node:util';
import { countingGraph } from './contenders/countingGraph.ts';
import { lane } from './contenders/lane.ts';
import { loops } from './contenders/loops.ts';
import { objectGraph } from './contenders/objectGraph.ts';
import { fit, minimize } from './contenders/tfjs.ts';
import { cpuBackend, wasmBackend } from './contenders/tfjsNode.ts';
import { measureEigen } from './eigen.ts';
import { allowedLossError, measure, method, type Measured } from './measure.ts';
import { eigenTable, machine, rowsOf, tableOf } from './report.ts';
import { jobOf, tasks, type Task } from './tasks.ts';

/**
 * `npm run bench`: how fast the lanes of Node train, beside what others would write. `-- --browser`
 * measures those of a page instead, `-- --json` prints data instead of tables; a word prints only the
 * tasks whose name has it.
 */
const contenders = [
	lane('wasm', 'wasm'),
	lane('reference', 'cpu'),
	loops,
	objectGraph,
	countingGraph,
	minimize(wasmBackend),
	minimize(cpuBackend),
	fit(wasmBackend),
	fit(cpuBackend),
];

const { values: flags, positionals } = parseArgs({
	options: {
		json: { type: 'boolean', default: false },
		browser: { type: 'boolean', default: false },
	},
	allowPositionals: true,
});
const wanted = (name: string) => positionals.every((word) => name.includes(word));

if (flags.browser) {
	const { benchInBrowser } = await import('./browser/run.ts');
	await benchInBrowser({ json: flags.json, wanted });
} else {
	await benchInNode();
}

async function benchInNode(): Promise<void> {
	const results: { task: Task; measured: Measured[] }[] = [];
	for (const task of tasks.filter(({ name }) => wanted(name))) {
		process.stderr.write(`${task.name}, R = ${task.replicas}\n`);
		const measured = await measure(jobOf(task), contenders);
		for (const { name, lossError } of measured) {
			if (lossError <= allowedLossError) continue;
			process.exitCode = 1;
			process.stderr.write(`${name} is off by ${lossError} in the loss\n`);
		}
		results.push({ task, measured });
	}
	const eigen = wanted('eigen') ? await measureEigen() : [];

	if (flags.json) {
		const rows = results.flatMap(({ task, measured }) => rowsOf(task, measured));
		console.log(JSON.stringify({ machine: machine(), rows }, null, '\t'));
	} else {
		console.log(`${machine()}; CPU time, median of ${method.repeats} repeats taken in turns\n`);
		console.log(tableOf(results));
		if (eigen.length > 0) console.log(`\n${eigenTable(eigen)}`);
	}
}

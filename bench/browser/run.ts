import { openHeadless, type Headless } from '../../src/cli/headless.ts';
import { sentenceOf } from '#engine/sentence.ts';
import type { Task } from '../tasks.ts';
import { allowedLossError } from '../measure.ts';
import { machine, rowsOf } from '../report.ts';
import { isOurs, names, type Name } from './contenders.ts';
import { measureWaits, waitsTable } from './waits.ts';
import {
	clock,
	isFailed,
	measureInPages,
	method,
	openTrainers,
	type MeasuredInPage,
} from './measure.ts';
import { pageTable, type Result } from './report.ts';
import { pageTasks } from './tasks.ts';

interface Wishes {
	readonly json: boolean;
	/** Whether the words of the command line ask for this name. */
	wanted(name: string): boolean;
}

/** `npm run bench -- --browser`: the lanes of a page beside tfjs, and how long a reader waits for them. */
export async function benchInBrowser({ json, wanted }: Wishes): Promise<void> {
	const open = () => openHeadless('bench', ['@tensorflow/tfjs']);
	let headless = await open();
	try {
		const results: Result[] = [];
		for (const task of pageTasks.filter(({ name }) => wanted(name))) {
			process.stderr.write(`${task.name}, R = ${task.replicas}, in a page\n`);
			// A browser that has died takes its tasks with it, not the table.
			if (!headless.browser.isConnected()) headless = await open();
			const measured = await measureTask(headless, task);
			for (const result of measured) {
				if (isFailed(result)) {
					process.stderr.write(`${result.name} failed: ${result.failed}\n`);
					process.exitCode = 1;
					continue;
				}
				const { name, lossError } = result;
				if (lossError <= allowedLossError) continue;
				process.stderr.write(`${name} is off by ${lossError} in the loss\n`);
				// Others may be wrong, and the table says so.
				if (isOurs(name as Name)) process.exitCode = 1;
			}
			results.push({ task, measured });
		}
		const waits = wanted('waits') ? await measureWaits(headless) : [];
		const where = `${machine()}, Chromium ${headless.browser.version()}`;
		if (json) {
			const rows = results.flatMap(({ task, measured }) =>
				rowsOf(
					task,
					measured.filter((m): m is MeasuredInPage => !isFailed(m)),
				),
			);
			console.log(JSON.stringify({ machine: where, rows, waits }, null, '\t'));
			return;
		}
		console.log(
			`${where}; ${clock.measures} time, median of ${method.repeats} repeats taken in turns\n`,
		);
		if (results.length > 0) console.log(pageTable(results));
		if (waits.length > 0) console.log(`\n${waitsTable(waits)}`);
	} finally {
		await headless.close();
	}
}

/** One line of failure per contender, where not even pages could be opened. */
async function measureTask(headless: Headless, task: Task): Promise<Result['measured']> {
	try {
		const { pageOf, close } = await openTrainers(headless);
		return await measureInPages(task, pageOf).finally(close);
	} catch (error) {
		return names.map((name) => ({ name, failed: sentenceOf(error) }));
	}
}

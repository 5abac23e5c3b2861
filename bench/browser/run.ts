import { openHeadless } from '../../src/cli/headless.ts';
import { allowedLossError } from '../measure.ts';
import { machine, rowsOf } from '../report.ts';
import { isOurs, type Name } from './contenders.ts';
import { measureWaits, waitsTable } from './waits.ts';
import { clock, measureInPages, method, openTrainers } from './measure.ts';
import { pageTable, type Result } from './report.ts';
import { pageTasks } from './tasks.ts';

interface Wishes {
	readonly json: boolean;
	/** Whether the words of the command line ask for this name. */
	wanted(name: string): boolean;
}

/** `npm run bench -- --browser`: the lanes of a page beside tfjs, and how long a reader waits for them. */
export async function benchInBrowser({ json, wanted }: Wishes): Promise<void> {
	const headless = await openHeadless('bench', ['@tensorflow/tfjs']);
	try {
		const results: Result[] = [];
		const pageOf = await openTrainers(headless);
		for (const task of pageTasks.filter(({ name }) => wanted(name))) {
			process.stderr.write(`${task.name}, R = ${task.replicas}, in a page\n`);
			const measured = await measureInPages(task, pageOf);
			for (const { name, lossError } of measured) {
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
			const rows = results.flatMap(({ task, measured }) => rowsOf(task, measured));
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

import { openHeadless } from '../../src/cli/headless.ts';
import { machine, markdown } from '../report.ts';
import { held, type Kind, type Soaked } from './held.ts';

/**
 * `npm run soak`: what tfjs holds before and after 10,000 steps, and before and after 200 runs that
 * are started and stopped, on the webgl lane, fused and stock. Ends with 1 if anything grew.
 */
const steps = 10_000;
const cycles = 200;
const kinds: readonly Kind[] = ['fused', 'stock'];

const headless = await openHeadless('bench', ['@tensorflow/tfjs']);
try {
	const page = await headless.browser.newPage();
	await page.goto(headless.address('bench/soak/soak.html'));
	await page.waitForFunction(() => 'soak' in window);
	const soaked: [string, Soaked][] = [];
	for (const kind of kinds) {
		const since = performance.now();
		const inSteps = await page.evaluate(([k, n]) => window.soak.steps(k, n), [
			kind,
			steps,
		] as const);
		soaked.push([`${kind}, ${steps} steps`, inSteps]);
		const inCycles = await page.evaluate(([k, n]) => window.soak.cycles(k, n), [
			kind,
			cycles,
		] as const);
		soaked.push([`${kind}, ${cycles} starts and stops`, inCycles]);
		process.stderr.write(`${kind}: ${((performance.now() - since) / 1000).toFixed(0)} s\n`);
	}
	const lines = soaked.flatMap(([what, { before, after }]) =>
		held.map((name, i) => {
			const grew = after[name] > before[name];
			if (grew) process.exitCode = 1;
			const verdict = grew ? '**grew**' : 'flat';
			return [i === 0 ? what : '', name, String(before[name]), String(after[name]), verdict];
		}),
	);
	console.log(`${machine()}, Chromium ${headless.browser.version()}\n`);
	console.log(markdown(['what', 'tf.memory()', 'before', 'after', ''], lines));
} finally {
	await headless.close();
}

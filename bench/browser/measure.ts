import type { Page } from 'playwright';
import type { Headless } from '../../src/cli/headless.ts';
import { lossOf, median, referenceLoss, stepsIn, type Measured, type Method } from '../measure.ts';
import { jobOf, type Task } from '../tasks.ts';
import { isOurs, names, type Name } from './contenders.ts';
import { browserClock } from './processes.ts';

/** Ticks of 10 ms ask for more than a second a repeat. */
export const method: Method = { checkSteps: 20, repeats: 3, sliceMs: 1200 };

/** Steps over which draws are counted: of ours more, as one draw may take hundreds. */
const countedSteps = (name: Name) => (isOurs(name) ? 500 : 5);

export interface MeasuredInPage extends Measured {
	readonly draws: number;
	/** The parts of `cpuUs` in the page and in the process that draws, in the same repeat. */
	readonly jsUs: number;
	readonly gpuUs: number;
}

export const clock = browserClock();

/** The two pages in which contenders train: ours, and stock tfjs. */
export async function openTrainers({ browser, address }: Headless): Promise<(name: Name) => Page> {
	const open = async () => {
		const page = await browser.newPage();
		await page.goto(address('bench/browser/trainers.html'));
		await page.waitForFunction(() => 'trainers' in window);
		return page;
	};
	const ours = await open();
	const stock = await open();
	return (name) => (isOurs(name) ? ours : stock);
}

interface Entry {
	readonly name: Name;
	readonly steps: number;
	readonly lossError: number;
	readonly draws: number;
	readonly slices: { us: number; jsUs: number; gpuUs: number }[];
}

/** All contenders on one task, taking turns, each checked against the reference before it is timed. */
export async function measureInPages(
	task: Task,
	pageOf: (name: Name) => Page,
	{ checkSteps, repeats, sliceMs }: Method = method,
): Promise<MeasuredInPage[]> {
	const job = jobOf(task);
	const expected = await referenceLoss(job, checkSteps);
	const take = (name: Name, k: number) =>
		pageOf(name).evaluate(([n, steps]) => window.trainers.steps(n, steps), [name, k] as const);
	const timed = async (name: Name, k: number) => {
		const spent = clock.start();
		await take(name, k);
		const { js, gpu } = spent();
		return { us: 1000 * (js + gpu), jsUs: 1000 * js, gpuUs: 1000 * gpu };
	};

	const entries: Entry[] = [];
	for (const name of names) {
		const page = pageOf(name);
		const canDo = await page.evaluate(([n, t]) => window.trainers.start(n, t), [
			name,
			task,
		] as const);
		if (!canDo) continue;
		await take(name, checkSteps);
		const outputs = await page.evaluate((n) => window.trainers.outputs(n), name);
		const lossError = Math.abs(lossOf(job, outputs) / expected - 1);
		const draws = await page.evaluate(([n, k]) => window.trainers.draws(n, k), [
			name,
			countedSteps(name),
		] as const);
		const aThird = await stepsIn(async (k) => (await timed(name, k)).us, (1000 * sliceMs) / 3);
		const steps = 3 * aThird;
		entries.push({ name, steps, lossError, draws, slices: [] });
	}
	for (let i = 0; i < repeats; i++) {
		for (const { name, steps, slices } of entries) slices.push(await timed(name, steps));
	}
	for (const { name } of entries)
		await pageOf(name).evaluate((n) => window.trainers.dispose(n), name);
	return entries.map(({ name, steps, lossError, draws, slices }) => {
		const middle = median(slices.map(({ us }) => us));
		const { us, jsUs, gpuUs } = slices.find((slice) => slice.us === middle)!;
		const perStep = (time: number) => time / steps;
		return {
			name,
			lossError,
			draws,
			cpuUs: perStep(us),
			jsUs: perStep(jsUs),
			gpuUs: perStep(gpuUs),
		};
	});
}

import type { Page } from 'playwright';
import type { Headless } from '../../src/cli/headless.ts';
import { within } from '#engine/timing.ts';
import { sentenceOf } from '#engine/sentence.ts';
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

/** A contender that broke off, and why. */
export interface Failed {
	readonly name: string;
	readonly failed: string;
}

export const isFailed = (result: MeasuredInPage | Failed): result is Failed => 'failed' in result;

export const clock = browserClock();

export interface Trainers {
	pageOf(name: Name): Page;
	close(): Promise<void>;
}

/** Two fresh pages in which contenders train: one for ours, one for stock tfjs. */
export async function openTrainers({ browser, address }: Headless): Promise<Trainers> {
	const open = async () => {
		const page = await browser.newPage();
		await page.goto(address('bench/browser/trainers.html'));
		await page.waitForFunction(() => 'trainers' in window);
		return page;
	};
	const ours = await open();
	const stock = await open();
	return {
		pageOf: (name) => (isOurs(name) ? ours : stock),
		async close() {
			for (const page of [ours, stock]) await page.close().catch(() => undefined);
		},
	};
}

interface Entry {
	readonly name: Name;
	readonly steps: number;
	readonly lossError: number;
	readonly draws: number;
	readonly slices: Slice[];
}

interface Slice {
	readonly us: number;
	readonly jsUs: number;
	readonly gpuUs: number;
}

/** Nothing that is asked of a page takes longer, in ms, unless the page or its device is dead. */
const patience = 240_000;

/**
 * All contenders on one task, taking turns, each checked against the reference before it is timed. One
 * that fails leaves its sentence, and the others go on.
 */
export async function measureInPages(
	task: Task,
	pageOf: (name: Name) => Page,
	{ checkSteps, repeats, sliceMs }: Method = method,
): Promise<(MeasuredInPage | Failed)[]> {
	const job = jobOf(task);
	const expected = await referenceLoss(job, checkSteps);
	const silent = `The page was silent for ${patience / 1000} s.`;
	const take = (name: Name, k: number) =>
		within(
			pageOf(name).evaluate(([n, steps]) => window.trainers.steps(n, steps), [name, k] as const),
			silent,
			patience,
		);
	const timed = async (name: Name, k: number): Promise<Slice> => {
		const spent = clock.start();
		await take(name, k);
		const { js, gpu } = spent();
		return { us: 1000 * (js + gpu), jsUs: 1000 * js, gpuUs: 1000 * gpu };
	};
	const start = async (name: Name): Promise<Entry | null> => {
		const page = pageOf(name);
		const canDo = await page.evaluate(([n, t]) => window.trainers.start(n, t), [
			name,
			task,
		] as const);
		if (!canDo) return null;
		await take(name, checkSteps);
		const outputs = await page.evaluate((n) => window.trainers.outputs(n), name);
		const lossError = Math.abs(lossOf(job, outputs) / expected - 1);
		const draws = await page.evaluate(([n, k]) => window.trainers.draws(n, k), [
			name,
			countedSteps(name),
		] as const);
		const aThird = await stepsIn(async (k) => (await timed(name, k)).us, (1000 * sliceMs) / 3);
		return { name, steps: 3 * aThird, lossError, draws, slices: [] };
	};

	const failed = new Map<Name, string>();
	const tried = async <T>(name: Name, work: () => Promise<T>): Promise<T | null> => {
		if (failed.has(name)) return null;
		try {
			return await work();
		} catch (error) {
			failed.set(name, sentenceOf(error));
			return null;
		}
	};
	const entries: Entry[] = [];
	for (const name of names) {
		const entry = await tried(name, () => start(name));
		if (entry) entries.push(entry);
	}
	for (let i = 0; i < repeats; i++) {
		for (const { name, steps, slices } of entries) {
			const slice = await tried(name, () => timed(name, steps));
			if (slice) slices.push(slice);
		}
	}
	return names.flatMap((name): (MeasuredInPage | Failed)[] => {
		const why = failed.get(name);
		if (why !== undefined) return [{ name, failed: why }];
		const entry = entries.find((e) => e.name === name);
		return entry ? [resultOf(entry)] : [];
	});
}

function resultOf({ name, steps, lossError, draws, slices }: Entry): MeasuredInPage {
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
}

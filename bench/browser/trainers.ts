/**
 * The page in which contenders train for the benchmark. Ours and those of stock tfjs stand in pages
 * of their own, as flags of tfjs hold for a whole page.
 */
import type { Trainer } from '../contender.ts';
import { jobOf, type Task } from '../tasks.ts';
import { contenders, type Name } from './contenders.ts';
import { countDraws } from './draws.ts';

declare global {
	interface Window {
		trainers: typeof trainers;
	}
}

const live = new Map<Name, Trainer>();

function trainer(name: Name): Trainer {
	const found = live.get(name);
	if (!found) throw new Error(`${name} has not been started.`);
	return found;
}

const trainers = {
	/** False where the contender cannot do this task. */
	async start(name: Name, task: Task): Promise<boolean> {
		const contender = await contenders[name]();
		const started = await contender.start(jobOf(task));
		if (started) live.set(name, started);
		return started !== null;
	},
	/** Resolves when the device has done them all. */
	async steps(name: Name, k: number): Promise<void> {
		await trainer(name).steps(k);
	},
	async outputs(name: Name): Promise<number[]> {
		return Array.from(await trainer(name).outputs());
	},
	/** Draws of WebGL per step. */
	async draws(name: Name, k: number): Promise<number> {
		const inAll = async (steps: number) => countDraws(async () => trainer(name).steps(steps));
		// What comes once per call, reading back, is no part of a step.
		return ((await inAll(2 * k)) - (await inAll(k))) / k;
	},
	dispose(name: Name): void {
		live.get(name)?.dispose();
		live.delete(name);
	},
};
window.trainers = trainers;

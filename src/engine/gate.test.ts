import { describe, expect, it } from 'vitest';
import { Gate } from './gate.ts';

const settled = async (promise: Promise<unknown>) =>
	Promise.race([
		promise.then(() => true),
		new Promise((resolve) => setTimeout(() => resolve(false), 5)),
	]);

describe('a gate', () => {
	it('lets pass while open', async () => {
		await new Gate().pass();
	});

	it('says the run is paused only once it stands still', async () => {
		const gate = new Gate();
		const still = gate.pause();
		expect(await settled(still)).toBe(false);
		const passing = gate.pass();
		expect(await settled(still)).toBe(true);
		expect(await settled(passing)).toBe(false);
		gate.resume();
		await passing;
	});

	it('lets one frame through per step', async () => {
		const gate = new Gate();
		void gate.pause();
		const passing = gate.pass();
		gate.step();
		await passing;
		await gate.pass(); // slices within the frame
		gate.frame();
		expect(await settled(gate.pass())).toBe(false);
	});

	it('frees who waits when the run is stopped', async () => {
		const gate = new Gate();
		const stop = new AbortController();
		void gate.pause();
		const passing = gate.pass(stop.signal);
		stop.abort();
		await expect(passing).rejects.toMatchObject({ name: 'AbortError' });
	});

	it('answers a pause that comes when the run is over', async () => {
		const gate = new Gate();
		const still = gate.pause();
		gate.end();
		await still;
		await gate.pause();
	});
});

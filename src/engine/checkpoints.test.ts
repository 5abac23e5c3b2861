import { describe, expect, it } from 'vitest';
import { Checkpoints } from './checkpoints.ts';

const at = (steps: number, size = 1) => ({
	steps,
	layers: [[new Float64Array(size)]],
});
const known = (kept: Checkpoints, upTo: number) =>
	new Set(Array.from({ length: upTo + 1 }, (_, t) => kept.before(t)?.steps ?? null));

describe('checkpoints', () => {
	it('are few, spread over the whole run, and hold the latest', () => {
		const kept = new Checkpoints();
		for (let t = 1; t <= 1000; t++) kept.add(at(t));
		const steps = [...known(kept, 1000)].map((t) => t ?? 0);
		expect(steps.length).toBeLessThanOrEqual(17);
		expect(steps.length).toBeGreaterThan(8);
		expect(steps.at(-1)).toBe(1000);
		const gaps = steps.slice(1).map((t, i) => t - steps[i]!);
		expect(Math.max(...gaps)).toBeLessThan(400);
	});

	it('are fewer where they are large', () => {
		const kept = new Checkpoints();
		for (let t = 1; t <= 10; t++) kept.add(at(t, 1_500_000));
		expect(known(kept, 10).size - 1).toBe(2);
		for (let t = 11; t <= 13; t++) kept.add(at(t, 9_000_000));
		expect([...known(kept, 13)]).toEqual([null, 13]);
	});

	it('beyond a step are forgotten where another path begins', () => {
		const kept = new Checkpoints();
		for (const t of [10, 20, 30]) kept.add(at(t));
		kept.forgetAfter(20);
		expect(kept.before(100)?.steps).toBe(20);
	});
});

import { expect, test } from 'vitest';
import { placeAt, withScene, type Scene } from './scenes.ts';

const at = (step: number): Scene => ({ report: null, predicted: {}, frame: { step } });

test('scenes are bounded, and span the whole run', () => {
	let scenes: readonly Scene[] = [];
	for (let step = 0; step < 5000; step++) scenes = withScene(scenes, at(step));
	expect(scenes.length).toBeLessThanOrEqual(121);
	expect(scenes.length).toBeGreaterThan(60);
	expect([scenes[0]?.frame?.step, scenes.at(-1)?.frame?.step]).toEqual([0, 4999]);
});

test('a second scene of a step takes the place of the first', () => {
	const scenes = [0, 10, 20, 20].reduce<readonly Scene[]>((s, step) => withScene(s, at(step)), []);
	expect(scenes.map(({ frame }) => frame?.step)).toEqual([0, 10, 20]);
	expect([placeAt(scenes, 10), placeAt(scenes, 19), placeAt(scenes, 99)]).toEqual([1, 1, 2]);
});

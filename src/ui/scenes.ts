import type { Frame, Report } from '#contract';
import type { Predicted } from '#engine/protocol.ts';

/** All that is drawn of a run at one of its steps. */
export interface Scene {
	readonly report: Report | null;
	readonly predicted: Predicted;
	/** Null before anything has run. */
	readonly frame: Frame | null;
}

/** Scenes of a run that are kept to be looked at again. */
const most = 120;

/** Adds the latest; a second one of its step takes the place of the first. Too many are thinned out. */
export function withScene(scenes: readonly Scene[], scene: Scene): readonly Scene[] {
	const before = scenes.filter(({ frame }) => frame?.step !== scene.frame?.step);
	const kept = before.length < most ? before : before.filter((_, i) => i % 2 === 0);
	return [...kept, scene];
}

/** The place of the last scene at a step or before it. */
export function placeAt(scenes: readonly Scene[], step: number): number {
	return scenes.findLastIndex(({ frame }) => (frame?.step ?? 0) <= step);
}

import type { Axis, Curve } from '#contract';
import type { Series } from './series.ts';

/** The interval of an axis over all series; [0, 1] or [1, 10] where there is nothing to show. */
export function domainOf(
	axis: Axis,
	series: readonly Series[],
	values: (curve: Curve) => readonly (readonly number[])[],
	pad: boolean,
): [number, number] {
	if (axis.domain) return [...axis.domain];
	const log = axis.scale === 'log';
	let low = Infinity;
	let high = -Infinity;
	for (const { curve } of series)
		for (const row of values(curve))
			for (const value of row) {
				if (!isDrawable(value, axis)) continue;
				low = Math.min(low, value);
				high = Math.max(high, value);
			}
	if (low > high) return log ? [1, 10] : [0, 1];
	if (low === high) return log ? [low / 2, high * 2] : [low - 0.5, high + 0.5];
	if (!pad) return [low, high];
	if (log) {
		const room = (high / low) ** 0.05;
		return [low / room, high * room];
	}
	const room = 0.05 * (high - low);
	// A curve that stays on one side of zero keeps its foot on the axis.
	return [low >= 0 && low < 0.3 * high ? 0 : low - room, high + room];
}

/** Whether the axis has a place for the value. */
export function isDrawable(value: number, axis: Axis): boolean {
	return Number.isFinite(value) && (axis.scale === 'linear' || value > 0);
}

import type { Grid } from '#contract';
import { none, tints } from './palette.ts';

/**
 * A tint for each value of a grid of regions, such that regions that touch differ: those with most
 * neighbours choose first, each the tint that its neighbours have least.
 */
export function tintsOf({ x, values }: Grid): Uint8Array {
	const around = new Map<number, Set<number>>();
	const touch = (a: number, b: number | undefined) => {
		if (b === undefined || Number.isNaN(a) || Number.isNaN(b)) return;
		for (const [one, other] of [
			[a, b],
			[b, a],
		] as const) {
			if (!around.has(one)) around.set(one, new Set());
			if (one !== other) around.get(one)?.add(other);
		}
	};
	values.forEach((value, k) => {
		touch(value, value);
		if ((k + 1) % x.length !== 0) touch(value, values[k + 1]);
		touch(value, values[k + x.length]);
	});
	const chosen = new Map<number, number>();
	const byDegree = [...around].sort(([, a], [, b]) => b.size - a.size);
	byDegree.forEach(([region, neighbours], turn) => {
		const taken = new Array<number>(tints).fill(0);
		for (const other of neighbours) {
			const tint = chosen.get(other);
			if (tint !== undefined) taken[tint] = (taken[tint] ?? 0) + 1;
		}
		const least = Math.min(...taken);
		// Of the tints that are free, turn by turn another, so that all are used.
		const free = taken.flatMap((count, tint) => (count === least ? [tint] : []));
		chosen.set(region, free[turn % free.length] ?? 0);
	});
	return Uint8Array.from(values, (value) => chosen.get(value) ?? none);
}

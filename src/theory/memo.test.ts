import { expect, test } from 'vitest';
import { memo } from './memo.ts';

test('computes once per value and forgets the oldest', () => {
	let calls = 0;
	const square = memo(({ x }: { x: number }) => {
		calls++;
		return x * x;
	}, 2);
	expect([1, 1, 2, 1].map((x) => square({ x }))).toEqual([1, 1, 4, 1]);
	expect(calls).toBe(2);
	square({ x: 3 });
	square({ x: 1 });
	expect(calls).toBe(4);
});

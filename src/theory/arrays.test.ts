import { expect, test } from 'vitest';
import { concatenate, meanAndDeviation, repeat, split, sumOfSquares } from './arrays.ts';

test('what is repeated or concatenated splits back', () => {
	const part = Float64Array.of(1, 2, 3);
	expect(repeat(part, 2)).toEqual(Float64Array.of(1, 2, 3, 1, 2, 3));
	expect(split(concatenate([part, part]), 2)).toEqual([part, part]);
	expect(concatenate([])).toEqual(new Float64Array());
});

test('sums of squares, mean and standard deviation', () => {
	expect(sumOfSquares([3, 4])).toBe(25);
	expect(meanAndDeviation([1, 2, 3, 4])).toEqual({ mean: 2.5, deviation: Math.sqrt(5 / 3) });
});

/** Networks against the laws of their scatter: the tolerances of the figures rest on these. */
import { expect, it } from 'vitest';
import { meanAndDeviation } from '#theory/arrays.ts';
import { activationOf } from './activations.ts';
import { propagate } from './networks.ts';
import { gradients, signals } from './recursions.ts';
import { scatter } from './scatter.ts';
import { crossing } from './trainability.ts';

const atOnce = () => Promise.resolve();

it('one network scatters around the recursions as computed', async () => {
	const start = { name: 'tanh', weight: 2, bias: 0.05 };
	const [width, depth, networks] = [48, 6, 120];
	const sizes = { width, depth, law: 'normal' } as const;
	const seen = [];
	for (let seed = 0; seed < networks; seed++)
		seen.push((await propagate(sizes, activationOf('tanh'), [start], seed, atOnce))[0]!);
	const { signal, gradient } = scatter(start, depth);
	// A standard deviation over 120 networks is known to 6.5 %; what 1/n² adds was 6 % at most.
	const q = signals(start, depth);
	const last = meanAndDeviation(seen.map((one) => one.signal[5]! / q[5]!));
	expect(Math.abs(last.deviation / Math.sqrt(signal[5]! / width) - 1)).toBeLessThan(0.25);
	const g = gradients(start, depth);
	const first = meanAndDeviation(seen.map((one) => Math.log(one.gradient[0]! / g[0]!)));
	expect(Math.abs(first.deviation / Math.sqrt(gradient[0]! / width) - 1)).toBeLessThan(0.25);
});

it('where a loss crosses a level for good', () => {
	expect(crossing([4, 16], [0, 0.5], 0.25)).toBeCloseTo(8, 12);
	expect(crossing([4, 8, 16], [0.4, 0, 0.5], 0.25)).toBeCloseTo(8 * Math.SQRT2, 12);
	expect(crossing([4, 8], [0, 0], 0.25)).toBeNaN();
	expect(crossing([4, 8], [1, 1], 0.25)).toBeNaN();
});

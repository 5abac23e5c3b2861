import { describe, expect, test } from 'vitest';
import { fakeFigure, fakeReport } from './fake.ts';
import { defaultSetting } from './link.ts';
import { compareResults, formatResult, parseResult, resultOf } from './result.ts';

const report = fakeReport({ lesson: 'toy', figure: 'decay' }, defaultSetting(fakeFigure));
const result = resultOf(report, false);
const off = (share: number, lane = result.lane) => ({
	lane,
	print: '7',
	sizes: result.sizes.map((v, i) => (i === 1 ? v + share * (result.sizes[0] ?? 0) : v)),
});

test('a result is short, and read back as it was written', () => {
	expect(formatResult(result)).toMatch(/^cpu_[0-9a-z]{8,11}(_[\d.]+){4}$/);
	expect(parseResult(formatResult(result))).toEqual(result);
	const odd = { lane: 'mixed', print: 'z', sizes: [NaN, -Infinity, 1.2e30, -3e-9] } as const;
	expect(parseResult(formatResult(odd))).toEqual(odd);
});

test('one bit of one measured value makes another print', () => {
	const [first, ...others] = report.predictions;
	const measured = first!.measured.map((v, i) => (i === 2 ? v + 2 ** -54 : v));
	const changed = { ...report, predictions: [{ ...first!, measured }, ...others] };
	expect(measured[2]).not.toBe(first!.measured[2]);
	expect(resultOf(changed, false).sizes).toEqual(result.sizes);
	expect(resultOf(changed, false).print).not.toBe(result.print);
});

describe('a run is compared with its link', () => {
	test.each([
		[result, result, /^Reproduced: the link’s result, to the last bit\.$/],
		[
			off(0),
			result,
			/^Reproduced: the curves differ from the link’s by less than 0\.0001 %, of 1 %/,
		],
		[
			off(0.004),
			result,
			/^Reproduced: the curves differ from the link’s by 0\.4 %, of 1 % allowed/,
		],
		[off(0.004, 'wasm'), result, /^Reproduced \(other lane: WASM float32 then, plain TypeScript/],
		[
			off(0.02, 'mixed'),
			result,
			/^Differs \(other lane: two lanes in turn then, .* by 2 %; rounding/,
		],
		[off(0.02), result, /^Differs: the curves differ from the link’s by 2 %\.$/],
		[off(NaN), result, /^Differs: the curves differ from the link’s beyond comparison\.$/],
		[{ ...off(0), sizes: [1] }, result, /^Differs: .* beyond comparison\.$/],
	])('%#', (then, now, says) => expect(compareResults(then, now)).toMatch(says));

	test('what is not a number on both sides is the same', () => {
		expect(compareResults(off(NaN), { ...off(NaN), print: '8' })).toMatch(
			/^Reproduced: the curves/,
		);
	});
});

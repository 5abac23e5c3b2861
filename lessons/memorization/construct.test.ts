import { describe, expect, it } from 'vitest';
import { random } from '#theory/random.ts';
import { building, gaps, outputsAfter, storedAfter, type BuildParams } from './building.ts';
import { distinct, float32, memoriser, outputAt, slopeChange, unitsAt } from './construct.ts';
import { mostPieces } from './widths.ts';

const asked: BuildParams = {
	n: 64,
	labels: 'signs',
	pattern: [1, -1],
	width: 'enough',
	points: 'distinct',
	precision: 'float64',
};
const built = (params: Partial<BuildParams>, seed = 0) =>
	building({ params: { ...asked, ...params }, seed, seeds: 1 }, seed);

describe('the construction', () => {
	it.each([
		[64, 1e-10],
		[256, 6.4e-9],
		[400, 2.5e-8],
	])('stores %d labels exactly, but for rounding', (n, room) => {
		for (const labels of ['signs', 'numbers', 'pattern']) {
			const { net, asked: line } = built({ n, labels });
			line.t.forEach((t, i) =>
				expect(Math.abs(outputAt(net, t) - line.y[i]!), labels).toBeLessThan(room),
			);
		}
	});

	it('stores any number of labels, the last group may be short', () => {
		for (let n = 16; n < 40; n++) {
			const { net, asked: line } = built({ n, labels: 'numbers' }, n);
			line.t.forEach((t, i) => expect(outputAt(net, t)).toBeCloseTo(line.y[i]!, 9));
		}
	});

	it('is a polygon through the labels on every group', () => {
		const { net, asked: line, each } = built({ labels: 'numbers' });
		for (let i = 1; i < line.t.length; i++) {
			if (i % each === 0) continue;
			const middle = (line.t[i]! + line.t[i - 1]!) / 2;
			expect(outputAt(net, middle)).toBeCloseTo((line.y[i]! + line.y[i - 1]!) / 2, 9);
		}
	});

	it('has 2p − 1 and 2(q − 1) neurons', () => {
		const { net } = built({ n: 100 });
		expect([net.knots.length, net.units]).toEqual([19, 18]);
		expect(net.rows).toHaveLength(18 * 20);
	});

	it('does not bend more often than its widths allow', () => {
		const { net, asked: line } = built({ n: 16, labels: 'pattern' });
		const [from, to] = [line.t[0]!, line.t.at(-1)!];
		const points = 40_000;
		const f = (i: number) => outputAt(net, from + ((to - from) * i) / points);
		let bends = 0;
		let before = f(1) - f(0);
		for (let i = 2; i <= points; i++) {
			const slope = f(i) - f(i - 1);
			// A bend shows in one difference or in two that follow each other.
			if (Math.abs(slope - before) > 1e-9) bends += 0.5;
			before = slope;
		}
		expect(bends).toBeGreaterThan(14);
		expect(bends).toBeLessThan(mostPieces(net.knots.length, net.units));
	});

	it('after any number of units gives what the formula says', () => {
		for (const labels of ['signs', 'numbers']) {
			const one = built({ n: 30, labels }, 5);
			for (let k = 0; k <= one.net.units; k++)
				outputsAfter(one, k).forEach((f, i) =>
					expect(outputAt(one.net, one.asked.t[i]!, k), `unit ${k}, point ${i}`).toBeCloseTo(f, 8),
				);
		}
	});

	it('stores p more labels with every pair of units', () => {
		const one = built({ labels: 'numbers' });
		expect([0, 1, 2, 7].map((pairs) => storedAfter(one, pairs))).toEqual([0, 16, 24, 64]);
		for (const pairs of [1, 4, 7]) {
			const right = Array.from(one.asked.t, (t) => outputAt(one.net, t, 2 * pairs)).filter(
				(f, i) => Math.abs(f - one.asked.y[i]!) < 1e-8,
			);
			expect(right).toHaveLength(storedAfter(one, pairs));
		}
	});

	it('gives in the gaps what the formula for gaps says', () => {
		const one = built({ labels: 'numbers' }, 3);
		const { t, output } = gaps(one);
		expect(t).toHaveLength(7);
		t.forEach((at, j) => expect(outputAt(one.net, at)).toBeCloseTo(output[j]!, 9));
	});

	it('in one neuron less leaves the last points wrong', () => {
		const one = built({ width: 'less', labels: 'numbers' });
		const right = Array.from(one.asked.t, (t, i) => outputAt(one.net, t) - one.asked.y[i]!).filter(
			(gap) => Math.abs(gap) < 1e-8,
		);
		expect(right).toHaveLength(56);
	});

	it('of twins keeps the first, and cannot have the other', () => {
		const one = built({ points: 'twins' });
		const wrong = Array.from(one.asked.t, (t, i) => outputAt(one.net, t) - one.asked.y[i]!).filter(
			(gap) => Math.abs(gap) > 1e-8,
		);
		expect(wrong).toHaveLength(1);
		expect(Math.abs(wrong[0]!)).toBeCloseTo(2, 9);
	});

	it('in float32 has all signs right at 64 labels, with errors that show', () => {
		const { net, asked: line } = built({});
		const outputs = Array.from(line.t, (t) => outputAt(net, t, net.units, float32));
		expect(outputs.every((f, i) => f * line.y[i]! > 0)).toBe(true);
		const errors = outputs.map((f, i) => Math.abs(f - line.y[i]!));
		expect(Math.max(...errors)).toBeGreaterThan(1e-5);
	});
});

it('slope changes add up to the slopes of the polygon', () => {
	const [t, y] = [Float64Array.of(0, 1, 3, 4), Float64Array.of(0, 2, 0, 5)];
	expect([0, 1, 2, 3].map((l) => slopeChange(l, t, y))).toEqual([2, -3, 6, 0]);
});

it('two groups of two by hand', () => {
	const line = distinct(Float64Array.of(4, 0, 1, 3), Float64Array.of(-1, 0, 2, 1));
	expect(Array.from(line.t)).toEqual([0, 1, 3, 4]);
	expect(Array.from(line.y)).toEqual([0, 2, 1, -1]);
	const net = memoriser(line, 2, 2);
	expect(net.bias).toBe(-2);
	expect(Array.from(net.knots, (k) => Number(k.toFixed(6)))).toEqual([-1, 1.666667, 2.333333]);
	// On the first group the + unit is 2 + 2t; on the second the value 3 is carried by it, the fall by the other.
	expect(Array.from(unitsAt(net, 0))).toEqual([2, 0]);
	expect(unitsAt(net, 4)[0]).toBeCloseTo(3, 12);
	expect(unitsAt(net, 4)[1]).toBeCloseTo(2, 12);
});

it('labels do not depend on the order in which points were drawn', () => {
	const { normal } = random(4);
	const t = Float64Array.from({ length: 9 }, normal);
	const y = t.map((v) => Math.sin(3 * v));
	const line = distinct(t, y);
	expect(Array.from(line.y)).toEqual(Array.from(line.t, (v) => Math.sin(3 * v)));
});

import { describe, expect, it } from 'vitest';
import { ballComplexity } from './ball.ts';
import { bias, longestStep, riskAtTheEnd, riskInTime, thirdPart, variance } from './descentLaw.ts';
import { bestSize, estimation, testError, trainError } from './leastSquaresLaw.ts';
import { unseen } from './model.ts';
import {
	finiteClassBound,
	kolmogorov,
	kolmogorovDeviation,
	kolmogorovMean,
	kolmogorovPeak,
	kolmogorovQuantile,
	massartTail,
	oneSidedDeviation,
	oneSidedMean,
} from './supremumLaw.ts';
import {
	intervalComplexity,
	intervalLimit,
	samplesFor,
	thresholdComplexity,
	thresholdLimit,
} from './walks.ts';

const world = { n: 64, sigma: 0.5, decay: 1.5 };

describe('least squares', () => {
	it.each([
		[4, 0.314, 0.6023],
		[16, 0.1297, 0.5089],
		[48, 0.0455, 1.2409],
	])('p = %d: τ² = %d, test error %d', (p, tau2, test) => {
		expect(unseen(1.5, p)).toBeCloseTo(tau2, 4);
		expect(testError(world, p)).toBeCloseTo(test, 4);
		expect(testError(world, p)).toBeCloseTo(0.25 + tau2 + estimation(world, p), 4);
	});

	it('the training error falls below the noise', () => {
		expect(trainError(world, 32)).toBeCloseTo(0.1608, 4);
	});

	it('the best size lies near 16, and the mean is infinite at n − 1', () => {
		expect(Math.abs(bestSize(world) - 16)).toBeLessThanOrEqual(3);
		expect(testError(world, 62)).toBeLessThan(Infinity);
		expect(testError(world, 63)).toBe(Infinity);
	});
});

describe('descent', () => {
	it.each([
		[10, 0.6165],
		[100, 0.9579],
	])('p = 48, t = %d: test error %d', (t, risk) => {
		expect(riskInTime(world, 48, 0.3, t)).toBeCloseTo(risk, 4);
	});

	it('begins at the signal and ends at the empirical minimiser', () => {
		expect(riskInTime(world, 16, 0.3, 0)).toBeCloseTo(1.25, 10);
		expect(riskInTime(world, 48, 0.3, 1e5)).toBeCloseTo(riskAtTheEnd(world, 48), 6);
		expect(bias(world, 48, 0.3, 1e5)).toBeLessThan(1e-10);
		expect(variance(world, 48, 0.3, 0)).toBe(0);
	});

	it('the third part is what is left of the whole', () => {
		for (const [p, t] of [
			[4, 3],
			[16, 20],
			[48, 20],
			[48, 600],
		] as const) {
			const less = riskInTime(world, p, 0.3, t) - riskAtTheEnd(world, p);
			expect(thirdPart(world, p, 0.3, t)).toBeCloseTo(less, 8);
		}
	});

	it('the longest step is 2 over the upper edge', () => {
		expect(longestStep(0.75)).toBeCloseTo(0.574, 3);
	});
});

describe('the worst threshold', () => {
	it('has the mean, the deviation and the quantile of Kolmogorov', () => {
		expect(kolmogorovMean).toBeCloseTo(0.86873, 5);
		expect(kolmogorovQuantile(0.95)).toBeCloseTo(1.3581, 4);
		let [mean, square] = [0, 0];
		for (let x = 0.0005; x < 4; x += 0.001) {
			mean += 0.001 * (1 - kolmogorov(x));
			square += 0.002 * x * (1 - kolmogorov(x));
		}
		expect(mean).toBeCloseTo(kolmogorovMean, 6);
		expect(Math.sqrt(square - mean ** 2)).toBeCloseTo(kolmogorovDeviation, 5);
		expect(kolmogorov(1 - 1e-12)).toBeCloseTo(kolmogorov(1), 10);
	});

	it('has a density that never exceeds its peak, nor a tail that exceeds that of Massart', () => {
		for (let x = 0.3; x < 2; x += 0.01) {
			expect((kolmogorov(x + 1e-4) - kolmogorov(x)) * 1e4).toBeLessThan(kolmogorovPeak);
			expect(1 - kolmogorov(x)).toBeLessThanOrEqual(massartTail(x) + 1e-12);
		}
	});

	it('one-sided, by the law of Birnbaum and Tingey summed by hand', () => {
		for (const n of [1, 2, 5, 12]) {
			const tail = (e: number) => {
				let sum = (1 - e) ** n;
				let choose = 1;
				for (let j = 1; j <= n; j++) {
					choose *= (n - j + 1) / j;
					const left = 1 - e - j / n;
					if (left > 0) sum += e * choose * left ** (n - j) * (e + j / n) ** (j - 1);
				}
				return sum;
			};
			let mean = 0;
			for (let k = 0; k < 4000; k++) mean += tail((k + 0.5) / 4000) / 4000;
			expect(oneSidedMean(n), `n = ${n}`).toBeCloseTo(mean, 4);
		}
		expect(Math.sqrt(1e6) * oneSidedMean(1e6)).toBeCloseTo(Math.sqrt(Math.PI / 8), 3);
		expect(oneSidedDeviation).toBeCloseTo(0.3276, 4);
	});

	it('a single function pays no more than Hoeffding', () => {
		expect(finiteClassBound(1, 50)).toBeCloseTo(Math.sqrt(Math.LN2 / 100), 12);
	});
});

describe('Rademacher complexity', () => {
	it.each([
		[16, 0.17127],
		[64, 0.09231],
		[256, 0.04796],
		[1024, 0.02445],
	])('of thresholds, n = %d: %d', (n, value) => {
		expect(thresholdComplexity(n)).toBeCloseTo(value, 5);
	});

	it('of thresholds and of intervals is the mean over all signs', () => {
		for (const n of [1, 2, 3, 6, 9]) {
			let [one, two] = [0, 0];
			for (let signs = 0; signs < 2 ** n; signs++) {
				let [s, top, low, rise] = [0, 0, 0, 0];
				for (let i = 0; i < n; i++) {
					s += (signs >> i) & 1 ? 1 : -1;
					top = Math.max(top, s);
					low = Math.min(low, s);
					rise = Math.max(rise, s - low);
				}
				one += top / n / 2 ** n;
				two += rise / n / 2 ** n;
			}
			expect(thresholdComplexity(n), `thresholds, n = ${n}`).toBeCloseTo(one, 12);
			expect(intervalComplexity(n), `intervals, n = ${n}`).toBeCloseTo(two, 12);
		}
	});

	it('tends to √(2/πn) and √(π/2n), and their ratio to π/2', () => {
		expect(thresholdComplexity(1e6) / thresholdLimit(1e6)).toBeCloseTo(1, 2);
		expect(intervalComplexity(1024) / intervalLimit(1024)).toBeCloseTo(1, 1);
		expect(intervalLimit(7) / thresholdLimit(7)).toBeCloseTo(Math.PI / 2, 12);
	});

	it('235 samples make twice the complexity of thresholds .1', () => {
		expect(samplesFor(0.1)).toBe(235);
		expect(thresholdComplexity(235)).toBeCloseTo(0.049976, 6);
	});

	it('of a ball is that of |g| in one dimension, and below √(d/n) in all', () => {
		expect(ballComplexity(64, 1)).toBeCloseTo(Math.sqrt(2 / Math.PI) / 8, 12);
		for (const d of [1, 2, 10, 100]) expect(ballComplexity(64, d)).toBeLessThan(Math.sqrt(d / 64));
	});
});

import { showNumber, varied, type Curve, type Questions } from '#contract';
import { memo } from '#theory/memo.ts';
import { equivalent } from './equivalent.ts';
import { meanRisk, riskQuantile } from './exactLaw.ts';
import { headSignal } from './interpolate.ts';
import { optimalRidge, ridgelessRisk, ridgeRisk } from './isotropic.ts';
import { floor } from './model.ts';
import { parameters } from './smallNetwork.ts';
import { spectrum } from './spectra.ts';

const model = { n: 40, dimension: 200, noise: 0.04 };
const near =
	(value: number, within = 0.01) =>
	(given: number) =>
		Math.abs(given / value - 1) <= within;

const knots = [2, 10, 20, 30, 36, 40, 44, 50, 60, 80, 110, 150, 200];
const between = [5, 15, 25, 33, 38, 39, 41, 42, 47, 55, 70, 95, 130, 175];
/** The typical risk, dense enough to be drawn. */
const typicalRisk = memo((of: typeof model): Curve => {
	const x = [...knots, ...between].sort((p, q) => p - q);
	return { x, y: x.map((p) => riskQuantile(of, p, 0.5)) };
}, 1);
const heightAt = ({ x, y }: Curve, p: number) => y[x.indexOf(p)] ?? NaN;
const peakOf = ({ x, y }: Curve) => x[y.indexOf(Math.max(...y))] ?? NaN;

/** The first p ≥ n + 2 with no more expected risk than a fit with `few` parameters. */
const sameRisk = (few: number) => {
	let p = model.n + 2;
	while (meanRisk(model, p) > meanRisk(model, few)) p++;
	return p;
};
/** The p at which the noise part alone is as small. */
const noiseAlone = (few: number) => {
	let p = model.n + 2;
	while (floor(model, p) * (1 + model.n / (p - model.n - 1)) > meanRisk(model, few)) p++;
	return p;
};

const price = (noise: number) =>
	equivalent(spectrum('spiked', 500), headSignal(510), 100, noise).variance;
const best = (g: number, c: number) => ridgeRisk(g, optimalRidge(g, 1, c), 1, c);
const offered = [1, 6, 64, 80];
/** Of the widths offered, the one with a number of parameters nearest to n. */
const closest = (n: number) => {
	const off = offered.map((m) => Math.abs(Math.log(parameters(m) / n)));
	return off.indexOf(Math.min(...off));
};

export default {
	worst: {
		kind: 'curve',
		x: { label: 'parameters p', scale: 'linear', domain: [0, 200] },
		y: { label: 'typical risk', scale: 'log', domain: [0.5, 200] },
		knots,
		answer: () => typicalRisk(model),
		label: 'the typical risk, by formula',
		misses: [
			{
				when: (guess) => peakOf(guess) < 30 || peakOf(guess) > 60,
				say: 'Its peak: the worst p is 40, where a fit has just enough parameters to pass through all forty points. The one fit that does so bends as violently as the noise asks.',
			},
			{
				when: (guess) => Math.max(...guess.y) < 20,
				say: 'Its height: at p = n a typical risk is above 70, the mean is infinite.',
			},
			{
				when: (guess) => heightAt(guess, 200) > 0.4 * heightAt(guess, 44),
				say: 'Its right side: beyond 40 the risk comes down again. Of all fits that interpolate the one of least norm is chosen, and the more parameters there are, the shorter it is.',
			},
			{
				when: (guess) => heightAt(guess, 200) > 1.6 || heightAt(guess, 200) < 0.6,
				say: 'Its right end: all 200 parameters together have a typical risk of .85, less than any small number of them.',
			},
			{
				when: (guess) => heightAt(guess, 2) > 3,
				say: 'Its left end: two parameters miss 99 % of the signal, and yet the risk is only 1.07. What a small fit does not know it does not make worse.',
			},
		],
		met: 'Textbooks draw the left half only. You drew the whole curve.',
		show: { figure: 'ridgeless', set: {} },
	},
	sameRisk: varied({ p: [20, 10, 15] }, ({ p: few }) => {
		const p = sameRisk(few);
		const wanted = meanRisk(model, few);
		const decade = 10 * Math.floor(p / 10);
		const mirrored = 2 * model.n - few;
		const [before, at] = [meanRisk(model, p - 1), meanRisk(model, p)].map(showNumber);
		return {
			kind: 'number',
			answer: () => p,
			within: 1e-9,
			hints: [
				`The first formula of the theorem gives ${showNumber(wanted)} at p = ${few}. Use the second, with c = 1 − p/200 + .04.`,
				'The two parts are p/200 − 1/5 and (1.04 − p/200)(1 + 40/(p − 41)).',
				`Try p between ${decade} and ${decade + 10}.`,
			],
			slips: [
				{
					when: near(noiseAlone(few), 1e-9),
					say: 'You left out the part of the signal that is missed, (p/D)(1 − n/p).',
				},
				{
					when: near(p - 1, 1e-9),
					say: `There the risk is still ${before}. One more.`,
				},
				{
					when: near(mirrored, 1e-9),
					say: `The curve is not symmetric about n: at p = ${mirrored} the risk is ${showNumber(meanRisk(model, mirrored))}.`,
				},
			],
			solution: `At p = ${p - 1} the formula gives ${before}, at p = ${p} it gives ${at} ≤ ${showNumber(wanted)}. So from p = ${p} on.`,
			show: { figure: 'ridgeless', set: {} },
		};
	}),
	hill: {
		kind: 'number',
		answer: () => ridgelessRisk(0.3, 0, 1.9),
		within: 0.01,
		hints: [
			'The large features are fitted by least squares, without a ridge: c g/(1 − g).',
			'c is all that is noise to them.',
		],
		slips: [
			{
				when: near(ridgelessRisk(0.3, 0, 1)),
				say: 'The signal in the small features is not learnt yet. To the large ones it is noise as well.',
			},
			{
				when: near(ridgelessRisk(0.3, 0, 1.9) + 0.9),
				say: 'That is the excess risk of both. Of the large features alone it is less by .9.',
			},
			{ when: near(0.3 * 1.9), say: 'That is c g. Divide by 1 − g.' },
		],
		solution:
			'The noise is c = 1 + .9 = 1.9, and 1.9 · .3/.7 = .814. With the .9 of the small features the hill is 1.71 high at most; at the end .3/.7 = .43 remains of the large ones.',
	},
	networkPeak: {
		kind: 'choice',
		options: offered.map((m) => `m = ${m}`),
		answer: () => closest(80),
		replies: [
			'That network has 13 parameters, far too few to interpolate 80 points.',
			'12 · 6 + 1 = 73 parameters, about as many as samples. In the experiment the peak lies at m = 6 to 8 or a little above.',
			'769 parameters: far beyond the threshold. The error has come down again there.',
			'One neuron per sample is not needed: each neuron brings twelve parameters.',
		],
	},
	twoReasons: {
		kind: 'choice',
		options: [
			'rounding errors, as the matrix is nearly singular',
			'the coordinates that are left out act as noise, of variance 1 − p/D',
			'gradient descent has not converged',
		],
		answer: () => (floor({ ...model, noise: 0 }, 40) > 0 ? 1 : 0),
		replies: [
			'The fits are computed in double precision, and their condition is far from its limits. The fit would be as bad in exact arithmetic.',
			'At p = 40 of D = 200 coordinates c = .8: four fifths of the signal is noise to the fit. With all 200 coordinates in view and σ² = 0 there is no noise part at all.',
			'No descent is involved: these are exact solutions.',
		],
	},
	rows: varied({ noise: [0.25, 0.1, 0.5] }, ({ noise }) => {
		const cost = price(noise);
		const share = price(1) / (1 + price(1));
		return {
			kind: 'number',
			answer: () => cost,
			within: 0.02,
			hints: [
				'Solve 10/(1 + κ) + 500 ε/(ε + κ) = 100 with ε = .02; κ lies near .09.',
				'κ = .0896 or so. Then G = (1/100)[10/(1 + κ)² + 500 (ε/(ε + κ))²].',
				'The price is σ² G/(1 − G).',
			],
			slips: [
				{ when: near(price(1)), say: `That is G/(1 − G). Multiply by σ² = ${noise}.` },
				{
					when: near(noise * share),
					say: 'That is σ² G. Divide by 1 − G: fluctuations of the fit feed on themselves.',
				},
				{
					when: near(noise * (10 / 100 + 100 / 500)),
					say: 'That is σ² (k/n + n/R_k), right up to constants. The equivalent gives the number itself.',
				},
			],
			solution: `κ solves 10/(1 + κ) + 10/(.02 + κ) = 100, so κ = .0898. Then the head contributes 10/(1.0898)² = 8.42 and the tail 500 · (.02/.1098)² = 16.6, so G = .250 and the price is ${noise} · .250/.750 = ${showNumber(cost)}.`,
			show: { figure: 'benign', set: {} },
		};
	}),
	stopping: varied({ c: [0.25, 0.1, 0.5] }, ({ c }) => {
		const risk = best(1, c);
		const kappa = (c + Math.sqrt(c * c + 4 * c)) / 2;
		return {
			kind: 'number',
			answer: () => risk,
			within: 0.01,
			hints: [
				`The best ridge is λ* = c g/r² = ${c}.`,
				'With g = 1, κ = (λ + √(λ² + 4λ))/2.',
				`κ = ${showNumber(kappa)}. Insert it into the formula.`,
			],
			slips: [
				{
					when: near(risk + c),
					say: 'You added the noise of the new point; the excess risk is without it.',
				},
				{
					when: near(best(0.5, c)),
					say: 'That is the value at g = ½.',
				},
				{
					when: near(ridgeRisk(1, 1, 1, c)),
					say: 'That is with λ = 1. The best λ is noise over signal, times g.',
				},
			],
			solution: `λ* = ${c} and κ = ${showNumber(kappa)}. At the optimum the excess risk equals κ/(1 + κ) = ${showNumber(risk)}.`,
			show: { figure: 'ridge', set: {} },
		};
	}),
} satisfies Questions;

import type { Questions } from '#contract';
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

const guesses = [10, 30, 40, 200];
const worst = () => {
	const medians = guesses.map((p) => riskQuantile(model, p, 0.5));
	return medians.indexOf(Math.max(...medians));
};

/** The first p ≥ n + 2 with no more expected risk than p = 20. */
const sameRisk = () => {
	let p = model.n + 2;
	while (meanRisk(model, p) > meanRisk(model, 20)) p++;
	return p;
};
/** The p at which the noise part alone is as small. */
const noiseAlone = () => {
	let p = model.n + 2;
	while (floor(model, p) * (1 + model.n / (p - model.n - 1)) > meanRisk(model, 20)) p++;
	return p;
};

const price = (noise: number) =>
	equivalent(spectrum('spiked', 500), headSignal(510), 100, noise).variance;
const best = (g: number) => ridgeRisk(g, optimalRidge(g, 1, 0.25), 1, 0.25);
const offered = [1, 6, 64, 80];
/** Of the widths offered, the one with a number of parameters nearest to n. */
const closest = (n: number) => {
	const off = offered.map((m) => Math.abs(Math.log(parameters(m) / n)));
	return off.indexOf(Math.min(...off));
};

export default {
	worst: {
		kind: 'choice',
		options: guesses.map((p) => `p = ${p}`),
		answer: worst,
		replies: [
			'Ten parameters miss 95 % of the signal, and yet a typical risk is only 1.3: what a small fit does not know it does not make worse.',
			'Thirty parameters from forty points are already poorly determined, with a typical risk of about 3.4. It gets far worse.',
			'Just enough parameters to interpolate: a single fit passes through the data, and it bends as violently as the noise asks. A typical risk is above 70, and the mean is infinite.',
			'The textbook would say so. Of all the fits with 200 parameters that interpolate, the one of least norm has a typical risk of .85, the best of these four.',
		],
	},
	sameRisk: {
		kind: 'number',
		answer: sameRisk,
		within: 1e-9,
		hints: [
			'Use the second formula of the theorem, with c = 1 − p/200 + .04.',
			'The two parts are p/200 − 1/5 and (1.04 − p/200)(1 + 40/(p − 41)).',
			'Try p between 60 and 70.',
		],
		slips: [
			{
				when: near(noiseAlone(), 1e-9),
				say: 'You left out the part of the signal that is missed, (p/D)(1 − n/p).',
			},
			{
				when: near(sameRisk() - 1, 1e-9),
				say: 'There the risk is still 1.976. One more.',
			},
			{
				when: near(60, 1e-9),
				say: 'The curve is not symmetric about n: at p = 60 the risk is 2.40.',
			},
		],
		solution:
			'At p = 66 the formula gives .130 + .710 · (1 + 40/25) = 1.976, at p = 67 it gives .135 + .705 · (1 + 40/26) = 1.925 ≤ 1.930. So from p = 67 on.',
	},
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
	rows: {
		kind: 'number',
		answer: () => price(0.25),
		within: 0.02,
		hints: [
			'Solve 10/(1 + κ) + 500 ε/(ε + κ) = 100 with ε = .02; κ lies near .09.',
			'κ = .0896 or so. Then G = (1/100)[10/(1 + κ)² + 500 (ε/(ε + κ))²].',
			'The price is σ² G/(1 − G).',
		],
		slips: [
			{ when: near(price(1)), say: 'That is G/(1 − G). Multiply by σ² = .25.' },
			{
				when: near(0.25 * (price(1) / (1 + price(1)))),
				say: 'That is σ² G. Divide by 1 − G: fluctuations of the fit feed on themselves.',
			},
			{
				when: near(0.25 * (10 / 100 + 100 / 500)),
				say: 'That is σ² (k/n + n/R_k), right up to constants. The equivalent gives the number itself.',
			},
		],
		solution:
			'κ solves 10/(1 + κ) + 10/(.02 + κ) = 100, so κ = .0898. Then the head contributes 10/(1.0898)² = 8.42 and the tail 500 · (.02/.1098)² = 16.6, so G = .250 and the price is .25 · .250/.750 = .083.',
	},
	stopping: {
		kind: 'number',
		answer: () => best(1),
		within: 0.01,
		hints: [
			'The best ridge is λ* = c g/r² = .25.',
			'With g = 1, κ = (λ + √(λ² + 4λ))/2.',
			'κ = .6404. Insert it into the formula.',
		],
		slips: [
			{
				when: near(best(1) + 0.25),
				say: 'You added the noise of the new point; the excess risk is without it.',
			},
			{
				when: near(best(0.5)),
				say: 'That is the value at g = ½.',
			},
			{
				when: near(ridgeRisk(1, 1, 1, 0.25)),
				say: 'That is with λ = 1. The best λ is noise over signal, times g.',
			},
		],
		solution:
			'λ* = .25 and κ = .640, so κ/(1 + κ) = .390 and g/(1 + κ)² = .372. The excess risk is (.1524 + .25 · .372)/(1 − .372) = .390. At the optimum it equals κ/(1 + κ).',
	},
} satisfies Questions;

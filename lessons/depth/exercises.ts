import { showNumber, varied, type Questions } from '#contract';
import {
	errorFloor,
	expectedKinks,
	foldedPieces,
	hyperplaneRegions,
	piecesOfFolds,
	radiusOfShare,
	reachableRegions,
	unitsOfOneLayer,
} from './theory.ts';

const near =
	(value: number, within = 0.02) =>
	(given: number) =>
		Math.abs(given / value - 1) <= within;
const indexOfLargest = (values: readonly number[]) => values.indexOf(Math.max(...values));

/** 256 units in one, four and eight layers, at R = 2 and σ_b = ½. */
const start = { firstDeviation: 1, biasDeviation: 0.5 };
const spread = [[256], Array<number>(4).fill(64), Array<number>(8).fill(32)];
const perFold = [2, 3, 4, 6];
const offered = [20, 111, 1024];
const teeth = 16;

export default {
	tenFolds: {
		kind: 'choice',
		options: [...offered.map(String), 'no finite number will do'],
		answer: () => offered.indexOf(unitsOfOneLayer(10)),
		replies: [
			'That is what the folded network uses. One layer of 20 units has at most 20 kinks, and the curve has 1023.',
			'One layer adds a kink per unit and no more. The curve has 2¹⁰ − 1 = 1023 of them.',
			`${foldedPieces(10)} pieces have 1023 kinks between them, each needs a unit of its own, and one more unit is needed for the slope at 0.`,
			'Any piecewise affine curve on an interval is a sum of rectifiers, one for each kink. The question is only how many.',
		],
	},
	deeper: {
		kind: 'choice',
		options: [
			'one layer of 256',
			'four layers of 64',
			'eight layers of 32',
			'the same for all three',
		],
		answer: () => indexOfLargest(spread.map((widths) => expectedKinks(widths, 2, start))),
		replies: [
			'By a little: 216 kinks on average, against 197 in four layers and 180 in eight. At random, depth buys no kinks at all.',
			'The construction with 2^k pieces needs very special weights. At random, four layers have 197 kinks on average, and one layer has 216.',
			'At random, depth does not multiply kinks: eight layers have 180 on average, fewer than one layer with its 216.',
			'Nearly, and on the whole line exactly so. On this interval the single layer is slightly ahead: the kinks of later layers lie further out.',
		],
	},
	unbeatable: varied({ units: [12, 8, 10] }, ({ units }) => {
		const wanted = errorFloor(5, units + 1);
		return {
			kind: 'number',
			answer: () => wanted,
			within: 0.01,
			hints: [
				`${units} units make at most ${units + 1} pieces, so there are at most ${units} breakpoints.`,
				`How many of the 16 teeth can ${units} breakpoints touch, and what does each of the others cost?`,
				'An untouched tooth costs 1/12 of its length.',
			],
			slips: [
				{
					when: near(1 - units / teeth),
					say: 'That is the share of the teeth that no breakpoint touches. Each costs 1/12 of its length.',
				},
				{
					when: near(errorFloor(6, units + 1)),
					say: 'You counted 2⁵ = 32 teeth. There are 32 pieces, and a tooth has two.',
				},
				// With half of the teeth touched the two are the same number.
				...(2 * units === teeth
					? []
					: [
							{
								when: near(units / teeth / 12),
								say: 'These are the teeth that the breakpoints can touch. The others are the ones that must cost something.',
							},
						]),
			],
			solution: `(1/12)(1 − ${units}/16) = ${showNumber(wanted)}.`,
		};
	}),
	bestFold: {
		kind: 'choice',
		options: perFold.map((n) => `${12 / n} layers of ${n}`),
		answer: () => indexOfLargest(perFold.map((n) => piecesOfFolds(12, n))),
		replies: perFold.map((n) => {
			const pieces = `${n}^${12 / n} = ${piecesOfFolds(12, n)} pieces`;
			return n === 3
				? `${pieces}. For U units it is n^(U/n), largest where (ln n)/n is: at n = e, and among whole numbers at 3.`
				: `${pieces}; another split has more.`;
		}),
	},
	halfOfTheKinks: varied({ layer: [4, 9, 2], bias: [2, 1, 0.5] }, ({ layer, bias }) => {
		const wanted = radiusOfShare(0.5, layer, { firstDeviation: 1, biasDeviation: bias });
		return {
			kind: 'number',
			answer: () => wanted,
			within: 0.01,
			hints: [
				'The kinks of layer l follow a Cauchy law of scale √l σ_b/σ_1.',
				'Half the mass of a Cauchy law lies within one scale of its centre: arctan 1 = π/4.',
			],
			slips: [
				{
					when: near(radiusOfShare(0.5, 1, { firstDeviation: 1, biasDeviation: bias })),
					say: 'That is right for the first layer. In layer l the scale has grown by √l.',
				},
				{
					when: near(layer * bias),
					say: 'The variance of the biases adds up over the layers: the scale grows by √l, not by l.',
				},
			],
			solution: `(2/π) arctan(R/(√${layer} · ${bias})) = ½ gives R = √${layer} · ${bias} = ${showNumber(wanted)}.`,
		};
	}),
	reachable: varied({ units: [8, 6, 10] }, ({ units }) => {
		const half = Math.floor(units / 2);
		const cuts = hyperplaneRegions(units, 2);
		const wanted = reachableRegions(2, [units, units, units]);
		const single = hyperplaneRegions(3 * units, 2);
		return {
			kind: 'number',
			answer: () => wanted,
			within: 1e-6,
			unit: 'regions',
			hints: [
				`With n₀ = 2 inputs each of the first two layers folds the plane ⌊${units}/2⌋ times along each of the two inputs.`,
				`The last layer cuts every copy into 1 + ${units} + C(${units}, 2) = ${cuts} regions.`,
			],
			slips: [
				{
					when: near(single, 1e-6),
					say: `That is the most that one layer of ${3 * units} units can do. Three layers can do far better.`,
				},
				{
					when: near(half * half * cuts, 1e-6),
					say: `Each layer folds along both inputs: ⌊${units}/2⌋ to the power n₀ = 2.`,
				},
				{
					when: near(half ** 6 * cuts, 1e-6),
					say: 'Only the layers before the last fold; the last one cuts.',
				},
			],
			solution: `${half}² · ${half}² · ${cuts} = ${wanted}, against ${single} for one layer of ${3 * units} units.`,
		};
	}),
} satisfies Questions;

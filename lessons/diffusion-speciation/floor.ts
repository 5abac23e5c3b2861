/** What is left to a network that predicts noise perfectly: E|z − E[z | x_t]|² = d − D_t E|∇ log p_t|². */
import { memo } from '#theory/memo.ts';
import { classesAt, densityAlong, noiseAt, scoreAlong, type Mixture } from './mixture.ts';

/** E|∇ log p_t(x)|²: across m each of d − 1 coordinates gives 1/G, along m the trapezoid does. */
export function meanSquareScore(mixture: Mixture, t: number): number {
	const { c, spread } = classesAt(mixture, t);
	const nodes = 400;
	const end = c + 9 * Math.sqrt(spread);
	const h = (2 * end) / nodes;
	let along = 0;
	for (let i = 0; i <= nodes; i++) {
		const u = -end + i * h;
		along += h * densityAlong(mixture, t, u) * scoreAlong(mixture, t, u) ** 2;
	}
	return (mixture.d - 1) / spread + along;
}

export const floorAt = (mixture: Mixture, t: number) =>
	mixture.d - noiseAt(t) * meanSquareScore(mixture, t);

/** The mean of that floor over t uniform from `least` to `most`, by Simpson's rule. */
export const lossFloor = memo(
	({ mixture, least, most }: { mixture: Mixture; least: number; most: number }) => {
		const intervals = 120;
		const h = (most - least) / intervals;
		let sum = 0;
		for (let i = 0; i <= intervals; i++) {
			const weight = i === 0 || i === intervals ? 1 : i % 2 === 1 ? 4 : 2;
			sum += weight * floorAt(mixture, least + i * h);
		}
		return (sum * h) / 3 / (most - least);
	},
);

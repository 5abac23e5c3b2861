/**
 * What a student is told about an input: the logit z = θ·x itself, tanh(z/T), or the sign of z, each
 * turned over with chance p. With x ~ N(0, I) and |θ| = 1 the logit is a standard normal variable.
 */
import { memo } from '#theory/memo.ts';

export interface Label {
	/** T: 0 for the sign, ∞ for the logit. */
	readonly temperature: number;
	/** p, the chance that a label is turned over. */
	readonly flips: number;
}

export const hard: Label = { temperature: 0, flips: 0 };
export const logit: Label = { temperature: Infinity, flips: 0 };

/** The label of a logit, before it may be turned over. The sign of 0 is 1. */
export function labelOf({ temperature }: Label, z: number): number {
	if (temperature === 0) return z < 0 ? -1 : 1;
	return temperature === Infinity ? z : Math.tanh(z / temperature);
}

/** How a label f goes with the logit z. */
export interface Moments {
	/** s = E z f: the slope of the best linear guess of f. */
	readonly slope: number;
	/** ν² = E f² − s²: what that guess leaves. */
	readonly residual: number;
	/**
	 * With ρ the cosine of (z_1 … z_n) and (f_1 … f_n), 2 log ρ has for large n the mean
	 * log(s²/E f²) + shift/n and the variance spread/n.
	 */
	readonly shift: number;
	readonly spread: number;
}

/** By the midpoint rule on [−9, 9]; slope and residual of hard labels and of logits in closed form. */
export function moments({ temperature, flips }: Label): Moments {
	// As text, for JSON has no infinity.
	return remembered({ T: String(temperature), flips });
}

const remembered = memo(({ T: text, flips }: { T: string; flips: number }): Moments => {
	const T = Number(text);
	const label = { temperature: T, flips };
	const kept = 1 - 2 * flips;
	const square = T === 0 ? 1 : average((z) => labelOf(label, z) ** 2);
	const slope =
		kept *
		(T === 0 ? Math.sqrt(2 / Math.PI) : T === Infinity ? 1 : average((z) => z * labelOf(label, z)));
	const both = (f: (z: number, y: number) => number) =>
		average((z) => (1 - flips) * f(z, labelOf(label, z)) + flips * f(z, -labelOf(label, z)));
	const a = (z: number, y: number) => (z * y) / slope - 1;
	const b = (z: number) => z * z - 1;
	const c = (y: number) => (y * y) / square - 1;
	return {
		slope,
		residual: T === Infinity && flips === 0 ? 0 : square - slope ** 2,
		shift: both((z, y) => -(a(z, y) ** 2) + b(z) ** 2 / 2 + c(y) ** 2 / 2),
		spread: both((z, y) => (2 * a(z, y) - b(z) - c(y)) ** 2),
	};
}, 32);

/** E f(z) for standard normal z. */
function average(f: (z: number) => number): number {
	const [reach, nodes] = [9, 2000];
	const step = (2 * reach) / nodes;
	let sum = 0;
	for (let i = 0; i < nodes; i++) {
		const z = (i + 0.5) * step - reach;
		sum += Math.exp((-z * z) / 2) * f(z);
	}
	return (sum * step) / Math.sqrt(2 * Math.PI);
}

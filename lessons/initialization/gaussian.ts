/** Expectations over standard normal variables, by the trapezoidal rule in variables that suit it. */

/** x = exp(t − e^{−t}) in steps of `step`: so a half-line, kinks at 0 and all, is a smooth integral. */
const step = 0.08;
const half = Array.from({ length: 76 }, (_, i) => {
	const t = -3.6 + i * step;
	const x = Math.exp(t - Math.exp(-t));
	return { x, weight: step * x * (1 + Math.exp(-t)) * density(x) };
});

function density(x: number): number {
	return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/** E f(g) for a standard normal g; f may have a kink at 0. To 12 digits where f is smooth elsewhere. */
export function gaussianMean(f: (g: number) => number): number {
	let sum = 0;
	for (const { x, weight } of half) sum += weight * (f(x) + f(-x));
	return sum;
}

const spacing = 0.25;
const line = Array.from({ length: 57 }, (_, i) => {
	const x = (i - 28) * spacing;
	return { x, weight: spacing * density(x) };
});

/**
 * Nodes and weights of E f(g, g′) over two independent standard normal variables, for smooth f that
 * depends on |g′| alone: only g′ ≥ 0 are among them.
 */
export const planeNodes = line.flatMap((a) =>
	line
		.filter(({ x }) => x >= 0)
		.map((b) => ({ g: a.x, h: b.x, weight: a.weight * b.weight * (b.x === 0 ? 1 : 2) })),
);

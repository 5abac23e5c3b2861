/** Slips that any question knows: what the ratio of an answer to the right one gives away. */

/** Ratios that tell a slip, either way round. */
const factors: readonly (readonly [ratio: number, say: string])[] = [
	[2, 'It is off by a factor of 2.'],
	[
		Math.LN10,
		'It is off by a factor ln 10 = 2.303: a logarithm to base 10 in place of a natural one, or the other way round?',
	],
	[
		1 / Math.LN2,
		'It is off by a factor ln 2 = 0.693: a logarithm to base 2 in place of a natural one, or the other way round?',
	],
	[100, 'It is off by a factor of 100: a percentage, or the number itself?'],
	[Math.PI, 'It is off by a factor π.'],
	[2 * Math.PI, 'It is off by a factor 2π.'],
];

/** Farther than this from a slip's number an answer is not that slip, however wide its own tolerance. */
const closest = 0.01;

/**
 * The usual slip behind a wrong answer, as a sentence that does not give the right one away; null where
 * none explains it. `within` is the relative error that the question accepts.
 */
export function slipOf(given: number, wanted: number, within: number): string | null {
	if (given === 0 || wanted === 0) return null;
	const allowed = Math.max(1e-9, Math.min(within, closest));
	const near = (value: number) => Math.abs(given / value - 1) <= allowed;
	if (near(-wanted)) return 'It has the right size and the wrong sign.';
	if (near(wanted ** 2)) return 'It is the square of the answer.';
	if (wanted > 0 && near(Math.sqrt(wanted))) return 'It is the root of the answer.';
	if (near(1 / wanted)) return 'It is upside down: one over the answer.';
	const found = factors.find(([ratio]) => near(wanted * ratio) || near(wanted / ratio));
	return found?.[1] ?? null;
}

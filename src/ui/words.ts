/** How the figure says what it knows of lanes, numbers and mishaps. */
import {
	sameThroughout,
	showNumber,
	type Figure,
	type Lane,
	type LaneInfo,
	type Report,
	type Run,
} from '#contract';

/** A lane with its arithmetic. */
export const laneNames: Readonly<Record<Lane, string>> = {
	webgl: 'WebGL float32',
	wasm: 'WASM float32',
	cpu: 'plain TypeScript float64',
};

/** A lane as a choice. */
export const laneChoices: Readonly<Record<Lane, string>> = {
	webgl: 'WebGL',
	wasm: 'WASM',
	cpu: 'plain TypeScript',
};

/**
 * "WebGL float32 · self-test 3·10⁻⁷ · 14 kernels a step · 2 400 steps/s"; a run that has moved begins
 * with "WASM, then WebGL from step 120".
 */
export function laneInWords(
	info: LaneInfo,
	kernelsPerStep: number | null,
	stepsPerSecond: number | null,
): string {
	const { before, lane } = info;
	const words = before
		? [`${laneChoices[before.lane]}, then ${laneChoices[lane]} from step ${grouped(before.until)}`]
		: [laneNames[lane]];
	if (info.selfTestError > 0) words.push(`self-test ${shortNumber(info.selfTestError)}`);
	if (kernelsPerStep !== null)
		words.push(
			kernelsPerStep < 1
				? `${grouped(1 / kernelsPerStep)} steps a kernel`
				: `${grouped(kernelsPerStep)} kernels a step`,
		);
	if (stepsPerSecond !== null && stepsPerSecond > 0)
		words.push(`${grouped(Number(stepsPerSecond.toPrecision(2)))} steps/s`);
	return words.join(' · ');
}

/** "seed 7", "seeds 0 to 7": replica r draws from seed + r. */
export function seedsInWords({ seed, seeds }: Run): string {
	return seeds === 1 ? `seed ${seed}` : `seeds ${seed} to ${seed + seeds - 1}`;
}

/** One line of the verdict: what it is about, and what is said of it. */
export interface VerdictLine {
	readonly about: string;
	readonly sentence: string;
}

/**
 * The verdicts of a run, one line each; claims that a broken hypothesis puts outside their theorem
 * share one, which says by name what was given up. Of an ensemble it is told how many seeds keep to the
 * claim on their own.
 */
export function verdictLines({ predictions, seeds }: Report, figure: Figure): VerdictLine[] {
	const own = figure.predictions.flatMap(({ hypotheses }) => hypotheses);
	const nameOf = new Map([...own, ...sameThroughout(figure, [])].map(({ id, text }) => [id, text]));
	const lines = new Map<string, VerdictLine>();
	for (const { id, title, verdict, sentence: told, seedsInside, hypotheses } of predictions) {
		const outside = verdict === 'outside the theorem';
		const broken = hypotheses.flatMap(({ id, holds }) => (holds ? [] : [nameOf.get(id) ?? id]));
		const sentence = outside ? `${told}. Given up: ${broken.join('; ')}` : told;
		const key = outside ? sentence : id;
		const before = lines.get(key);
		const counted = !outside && seeds > 1 && seedsInside !== null;
		lines.set(key, {
			about: before ? `${before.about}; ${title}` : title,
			sentence: counted
				? `${sentence}; ${seedsInside} of ${seeds} seeds inside on their own`
				: sentence,
		});
	}
	return [...lines.values()];
}

/** The message of what was thrown, as a sentence for the reader. */
export function sentenceOf(problem: unknown): string {
	const text = problem instanceof Error ? problem.message : '';
	return text === '' ? 'Something went wrong; reload the page to try again.' : text;
}

/** A knob's number, exact, with a true minus sign. */
export function exact(value: number): string {
	return String(Number(value.toPrecision(12))).replace(/^-/, '−');
}

/** Thousands set apart by a narrow space: "2 400". */
export function grouped(value: number): string {
	return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** One digit is enough for the size of an error: "3·10⁻⁷". */
function shortNumber(value: number): string {
	return showNumber(Number(value.toPrecision(1))).replace('.0·', '·');
}

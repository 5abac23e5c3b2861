import type { Figure, Hypothesis } from './figure.ts';
import { showPlace } from './show.ts';

/** A live knob that was turned while the run trained. */
export interface LiveTurn {
	/** The first step that was taken with the new value. */
	readonly step: number;
	readonly from: number;
	readonly to: number;
}

/** The id of the knob that may be turned while a run trains; null where there is none. */
export function liveKnob({ knobs }: Pick<Figure, 'knobs'>): string | null {
	const live = Object.entries(knobs).find(([, knob]) => knob.kind === 'number' && knob.live);
	return live?.[0] ?? null;
}

/** What every prediction of a figure with a live knob assumes besides its own hypotheses. */
export function sameThroughout(
	{ knobs }: Pick<Figure, 'knobs'>,
	turns: readonly LiveTurn[],
): Hypothesis[] {
	const id = liveKnob({ knobs });
	if (id === null) return [];
	const { label } = knobs[id]!;
	const told = turns.map(({ step, from, to }) => {
		const [a, b, at] = [from, to, step].map(showPlace);
		return `${label} changed from ${a} to ${b} at step ${at}`;
	});
	return [
		{
			id: 'same-throughout',
			text: `the same ${label} throughout`,
			broken: () => (told.length === 0 ? null : told.join(', ')),
		},
	];
}

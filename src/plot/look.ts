import type { Series } from './series.ts';

/** Colour of a series: theory blue, experiment orange, always; more of one kind walk along its ramp. */
export function colourOf({ kind, rank }: Series): string {
	if (kind === 'bound') return 'var(--soft)';
	const hue = kind === 'theory' ? 'theory' : 'experiment';
	return rank === 0 ? `var(--${hue})` : `var(--${hue}-${1 + ((rank - 1) % 2) * 3})`;
}

/** Dash of a theory line: dotted outside its theorem, dashed for bounds and for the second of its kind. */
export function dashOf({ kind, rank, outside }: Series): string | undefined {
	if (outside) return '0.1 6';
	if (kind === 'bound') return '6 4';
	return ['', '7 4', '2 4', '10 3 2 3'][rank % 4] || undefined;
}

import type { Series } from './series.ts';

/** Colour of a series: theory blue, experiment orange, always; more of one kind walk along its ramp. */
export function colourOf({ kind, rank, pin }: Series): string {
	if (kind === 'bound') return 'var(--soft)';
	const hue = kind === 'theory' ? 'theory' : 'experiment';
	if (pin) return `var(--${hue}-${pin.place + 1})`;
	return rank === 0 ? `var(--${hue})` : `var(--${hue}-${1 + ((rank - 1) % 2) * 3})`;
}

/** Dash of a theory line: dotted outside its theorem, dashed for bounds and for the second of its kind. */
export function dashOf({ kind, rank, outside, pin }: Series): string | undefined {
	if (pin) return pinDash(pin.place);
	if (outside) return '0.1 6';
	if (kind === 'bound') return '6 4';
	return ['', '7 4', '2 4', '10 3 2 3'][rank % 4] || undefined;
}

/** A pinned run has its dash as it has its letter: shade alone does not tell four curves apart. */
export function pinDash(place: number): string {
	return ['9 3', '5 3', '2 2', '9 3 2 3'][place] ?? '1 3';
}

/** What stands at the end of a curve. */
export function endText({ label, pin }: Series): string {
	return pin?.letter ?? label;
}

/** Whether the series is drawn as rings. */
export function isRings({ kind, pin }: Series): boolean {
	return kind === 'measured' && !pin;
}

/** Width of a line, in CSS pixels. */
export function widthOf({ kind, pin }: Series): number {
	if (pin) return 1.25;
	return kind === 'bound' ? 1.5 : 2.5;
}

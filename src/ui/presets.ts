import { defaults, sameValue, type Figure, type Params, type Preset } from '#contract';

/** Where a preset puts the knobs: its own values, all others at their default. */
export function presetParams({ knobs }: Figure, { values }: Pick<Preset, 'values'>): Params {
	return { ...defaults(knobs), ...values } as Params;
}

/** The preset whose knobs these are. */
export function presetOf(figure: Figure, params: Params): Preset | undefined {
	return figure.presets.find((preset) =>
		Object.entries(presetParams(figure, preset)).every(([id, wanted]) => {
			const now = params[id];
			return now !== undefined && sameValue(wanted, now);
		}),
	);
}

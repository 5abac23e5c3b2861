import {
	allowedValues,
	defaults,
	describeClaim,
	formatKnob,
	type Figure,
	type Knob,
} from '#contract';

/** A figure as `--list --json` tells of it. */
export function listing(lesson: string, name: string, figure: Figure) {
	const run = { params: defaults(figure.knobs), seed: 0, seeds: figure.seeds };
	return {
		lesson,
		figure: name,
		title: figure.title,
		knobs: Object.entries<Knob>(figure.knobs).map(([id, knob]) => listKnob(id, knob)),
		predictions: figure.predictions.map((prediction) => ({
			id: prediction.id,
			title: prediction.title,
			claim: describeClaim(prediction, run),
		})),
	};
}

function listKnob(id: string, knob: Knob) {
	const common = { id, label: knob.label, default: knob.default };
	switch (knob.kind) {
		case 'number':
			return { ...common, min: knob.min, max: knob.max, scale: knob.scale };
		case 'list':
			return { ...common, min: knob.min, max: knob.max, scale: 'list', most: knob.most };
		case 'choice':
			return {
				...common,
				min: null,
				max: null,
				scale: 'choice',
				options: Object.keys(knob.options),
			};
		case 'expression':
			return { ...common, min: null, max: null, scale: 'expression', presets: knob.presets };
		case 'set': {
			const [min, max] = [Math.min(...knob.options), Math.max(...knob.options)];
			return { ...common, min, max, scale: 'set', options: knob.options };
		}
	}
}

/** The same for people. */
export function listingText(lesson: string, name: string, figure: Figure): string {
	const knobs = Object.entries<Knob>(figure.knobs).map(
		([id, knob]) =>
			`    ${id} = ${formatKnob(knob.default)}   ${knob.label}, ${allowedValues(knob)}`,
	);
	const predictions = figure.predictions.map((p) => `    ${p.id}: ${p.title} (${p.claim.kind})`);
	return [
		`${lesson}/${name}  ${figure.title}`,
		'  knobs',
		...knobs,
		'  predictions',
		...predictions,
	].join('\n');
}

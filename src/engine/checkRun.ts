import {
	formatKnob,
	parseKnob,
	seedRange,
	seedsRange,
	type Figure,
	type Knob,
	type Run,
} from '#contract';
import type { Address } from './protocol.ts';

/** Whether this can be the name of a figure at all: folder and file names, no paths. */
export function isAddress({ lesson, figure }: Address): boolean {
	return [lesson, figure].every((name) => typeof name === 'string' && /^\w[\w-]*$/.test(name));
}

/** Throws a RangeError with one sentence if a run is none of this figure's. */
export function checkRun(figure: Figure, run: Run): void {
	checkWhole('seed', run.seed, seedRange);
	checkWhole('seeds', run.seeds, seedsRange);
	for (const [id, knob] of Object.entries<Knob>(figure.knobs)) {
		const parsed = parseKnob(id, knob, formatKnob(run.params[id] ?? ''));
		if ('problem' in parsed) throw new RangeError(parsed.problem);
	}
}

function checkWhole(name: string, value: number, { min, max }: { min: number; max: number }): void {
	if (!Number.isInteger(value) || value < min || value > max)
		throw new RangeError(`${name} must be a whole number from ${min} to ${max}; ${value} is not.`);
}

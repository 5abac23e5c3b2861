import type { Job } from '#contract';
import { layersOf, sampleCount } from './kernel.ts';

/** Throws a RangeError that names the first thing wrong with a job, for the author of a figure. */
export function checkJob(job: Job): void {
	const { network, optimiser, replicas, weights, x } = job;
	const layers = layersOf(job);
	const n = sampleCount(job);
	demand(isCount(replicas), 'replicas must be a whole number from 1');
	demand(network.sizes.every(isCount), 'every entry of sizes must be a whole number from 1');
	demand(network.sizes.at(-1) === 1, 'the last of sizes must be 1: networks have one output');
	demand(layers.length > 0, 'a network needs at least one layer');
	demand(layers.length === network.sizes.length - 1, 'scales must have one entry per layer');
	demand(
		layers.every(({ scale }) => scale > 0 && Number.isFinite(scale)),
		'every entry of scales must be positive',
	);
	demand(
		(network.trained ?? layers).length === layers.length,
		'trained must have one entry per layer',
	);
	demand(
		layers.some(({ trained }) => trained),
		'at least one layer must be trained',
	);
	demand(job.lossFactor > 0, 'lossFactor must be positive');
	demand(isCount(n), 'y must have shape [replicas, n]');
	hasLength('x', x, replicas * n * (layers[0]?.in ?? 0), '[replicas, n, d]');
	demand(weights.length === layers.length, 'weights must have one array per layer');
	layers.forEach((layer, l) =>
		hasLength(
			`weights[${l}]`,
			weights[l] ?? [],
			replicas * layer.out * layer.columns,
			network.biases ? '[replicas, out, in + 1]' : '[replicas, out, in]',
		),
	);
	const { batch = n, schedule = [1] } = job;
	demand(isCount(batch) && n % batch === 0, 'batch must divide the number of samples');
	demand(
		schedule.length > 0 && schedule.every(Number.isFinite),
		'schedule must hold finite numbers',
	);
	if (typeof optimiser.stepSize !== 'number')
		hasLength('stepSize', optimiser.stepSize, replicas, '[replicas]');
}

function demand(met: boolean, sentence: string): void {
	if (!met) throw new RangeError(`Job: ${sentence}.`);
}

function hasLength(name: string, values: { length: number }, length: number, shape: string): void {
	demand(
		values.length === length,
		`${name} must have shape ${shape}, ${length} numbers; it has ${values.length}`,
	);
}

function isCount(value: number): boolean {
	return Number.isInteger(value) && value > 0;
}

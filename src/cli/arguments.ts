import { parseArgs } from 'node:util';
import {
	defaults,
	didYouMean,
	lanes,
	parseKnob,
	seedRange,
	seedsRange,
	type Figure,
	type Knob,
	type Lane,
	type Params,
	type Run,
} from '#contract';
import { UsageError } from './usageError.ts';

export const usage = `npm run -s experiment -- --list [--json]
npm run -s experiment -- LESSON/FIGURE [--set KNOB=VALUE]… [--seed N] [--seeds N] [--backend ${lanes.join('|')}] [--json]`;

export interface Arguments {
	readonly list: boolean;
	readonly json: boolean;
	readonly help: boolean;
	readonly figure: string | undefined;
	readonly set: readonly string[];
	readonly seed: string | undefined;
	readonly seeds: string | undefined;
	readonly backend: string | undefined;
}

/** Reads the command line. Throws UsageError, one sentence, for anything it does not know. */
export function readArguments(argv: readonly string[]): Arguments {
	const { values, positionals } = parse(argv);
	if (positionals.length > 1)
		throw new UsageError(`One figure at a time: “${positionals[1]}” is one argument too many.`);
	return {
		list: values.list ?? false,
		json: values.json ?? false,
		help: values.help ?? false,
		figure: positionals[0],
		set: values.set ?? [],
		seed: values.seed,
		seeds: values.seeds,
		backend: values.backend,
	};
}

const options = {
	list: { type: 'boolean' },
	json: { type: 'boolean' },
	help: { type: 'boolean' },
	set: { type: 'string', multiple: true },
	seed: { type: 'string' },
	seeds: { type: 'string' },
	backend: { type: 'string' },
} as const;

function parse(argv: readonly string[]) {
	const names = Object.keys(options).map((name) => `--${name}`);
	for (const word of argv) {
		const name = word.split('=')[0] ?? '';
		if (name.startsWith('-') && !names.includes(name) && !/^-[\d.]/.test(name))
			throw new UsageError(`There is no option ${name}. ${didYouMean(name, names)}`);
	}
	try {
		return parseArgs({ args: [...argv], options, allowPositionals: true });
	} catch (error) {
		throw new UsageError((error as Error).message.split('\n')[0] ?? '');
	}
}

/** `ntk/training` → its two names. */
export function readAddress(text: string): { lesson: string; figure: string } {
	const [lesson, figure, ...rest] = text.split('/');
	if (!lesson || !figure || rest.length > 0)
		throw new UsageError(`A figure is named LESSON/FIGURE, as in ntk/training; “${text}” is not.`);
	return { lesson, figure };
}

/** The run the arguments ask for. Throws UsageError naming the argument, its range, the nearest name. */
export function readRun(figure: Figure, { set, seed, seeds }: Arguments): Run {
	return {
		params: readSettings(figure, set),
		seed: seed === undefined ? 0 : readWhole('--seed', seed, seedRange),
		seeds: seeds === undefined ? figure.seeds : readWhole('--seeds', seeds, seedsRange),
	};
}

export function readBackend(text: string | undefined): Lane {
	if (text === undefined) return 'wasm';
	const lane = lanes.find((name) => name === text);
	if (lane) return lane;
	throw new UsageError(`There is no backend “${text}”. ${didYouMean(text, lanes)}`);
}

function readSettings(figure: Figure, settings: readonly string[]): Params {
	const params: Params = defaults(figure.knobs);
	const knobs = new Map<string, Knob>(Object.entries(figure.knobs));
	for (const setting of settings) {
		const [id = '', text] = setting.split(/=(.*)/s);
		if (text === undefined)
			throw new UsageError(`--set takes KNOB=VALUE; “${setting}” has no equals sign.`);
		const knob = knobs.get(id);
		if (!knob)
			throw new UsageError(`There is no knob “${id}”. ${didYouMean(id, [...knobs.keys()])}`);
		const parsed = parseKnob(id, knob, text);
		if ('problem' in parsed) throw new UsageError(parsed.problem);
		params[id] = parsed.value;
	}
	return params;
}

function readWhole(name: string, text: string, { min, max }: { min: number; max: number }): number {
	const value = Number(text);
	if (/^\d+$/.test(text) && value >= min && value <= max) return value;
	throw new UsageError(`${name} must be a whole number from ${min} to ${max}; “${text}” is not.`);
}

/** What a figure shows, as the query of a link: `?figure=training&width=512&seed=7&lane=wasm`. */
import {
	didYouMean,
	formatKnob,
	lanes,
	readParams,
	sameValue,
	seedRange,
	seedsRange,
	shorten,
	type Figure,
	type Lane,
	type Params,
	type Run,
} from '#contract';
import { speaksOf } from './address.ts';
import { linkFormat, migrate } from './migrate.ts';
import { formatResult, parseResult, type Result } from './result.ts';

/** A run together with the lane the reader asks for; null lets the engine choose. */
export interface Setting extends Run {
	readonly lane: Lane | null;
}

/** What a link says, and a sentence for each field it says badly. */
export interface LinkReading {
	readonly setting: Setting;
	/** What the run is said to have measured; null where that is not said. */
	readonly result: Result | null;
	/** Runs that are laid beside it. */
	readonly pins: readonly Setting[];
	readonly problems: readonly string[];
}

export type Described = Pick<Figure, 'knobs' | 'seeds' | 'migrations'>;

/** Fields every figure has; the rest of a link are knobs, which must not be called so. */
export const commonFields = ['figure', 'format', 'seed', 'seeds', 'lane', 'result', 'pin'] as const;
/** Runs that may be pinned. */
export const mostPins = 4;
/** More sentences than this would bury the figure. */
const mostProblems = 6;

/** The setting a figure starts from. */
export function defaultSetting(figure: Described): Setting {
	const { params } = readParams(figure.knobs, () => null);
	return { params, seed: 0, seeds: figure.seeds, lane: null };
}

/** The same with some knobs turned. */
export function settingWith(figure: Described, values: Partial<Params>): Setting {
	const { params, ...rest } = defaultSetting(figure);
	return { ...rest, params: { ...params, ...(values as Params) } };
}

/**
 * Reads a link, of an earlier format too. A field that is not allowed falls back to its default, alone,
 * and leaves one sentence; a link that speaks of another figure leaves everything at its default.
 */
export function readLink(
	link: URLSearchParams | string,
	of: string,
	figure: Described,
): LinkReading {
	if (typeof link === 'string') return readLink(new URLSearchParams(link), of, figure);
	if (!speaksOf(link, of))
		return { setting: defaultSetting(figure), result: null, pins: [], problems: [] };
	const { query, problems } = migrate(link, figure);
	const { problems: own, setting } = readFields(query, figure);
	const said = query.get('result');
	const result = said === null ? null : parseResult(said);
	if (said !== null && result === null)
		problems.push(`result “${shorten(said)}” cannot be read: the run is not compared with it.`);
	const texts = query.getAll('pin');
	const pins = texts.slice(0, mostPins).map((text) => readPin(text, query.get('format'), figure));
	problems.push(...own, ...repeated(query), ...unknown(query, figure));
	pins.forEach((pin, i) => problems.push(...pin.problems.map((p) => `Pin ${i + 1}: ${p}`)));
	if (texts.length > mostPins)
		problems.push(`A link holds up to ${mostPins} pins; the first ${mostPins} are used.`);
	return {
		...{ setting, result },
		pins: pins.map(({ setting }) => setting),
		problems: cut(problems),
	};
}

/** The query of a setting, defaults left out; `readLink` reads it back unchanged. */
export function writeLink(
	of: string,
	figure: Described,
	setting: Setting,
	{ result = null, pins = [] }: { result?: Result | null; pins?: readonly Setting[] } = {},
): string {
	const format = linkFormat(figure);
	const query = new URLSearchParams([
		['figure', of],
		...(format > 1 ? [['format', String(format)]] : []),
		...fieldsOf(figure, setting),
		...(result ? [['result', formatResult(result)]] : []),
		...pins.map((pin) => ['pin', writePin(figure, pin)]),
	]);
	// Legal as they stand, and easier to read.
	return `?${query.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%3B', ';')}`;
}

/** Whether two runs are the same run. */
export function sameRun(a: Run, b: Run): boolean {
	return a.seed === b.seed && a.seeds === b.seeds && sameParams(a.params, b.params);
}

/** Whether two settings are the same, lane included. */
export function sameSetting(a: Setting, b: Setting): boolean {
	return a.lane === b.lane && sameRun(a, b);
}

function sameParams(a: Params, b: Params): boolean {
	const ids = Object.keys(a);
	return (
		ids.length === Object.keys(b).length &&
		ids.every((id) => {
			const [u, v] = [a[id], Object.hasOwn(b, id) ? b[id] : undefined];
			return u !== undefined && v !== undefined && sameValue(u, v);
		})
	);
}

interface Reading {
	readonly setting: Setting;
	readonly problems: string[];
}

/** A run as one field of a link: `width:512;seed:7`. What would end a value is escaped in it. */
function writePin(figure: Described, setting: Setting): string {
	const fields = fieldsOf(figure, setting);
	return fields.map(([name, text]) => `${name}:${text.replace(/[%;]/g, escape)}`).join(';');
}

function readPin(text: string, format: string | null, figure: Described) {
	const fields = text.split(';').flatMap((field): [string, string][] => {
		const [name = '', ...rest] = field.split(':');
		return field === '' ? [] : [[name, rest.join(':').replace(/%(25|3B)/g, unescape)]];
	});
	if (format !== null) fields.unshift(['format', format]);
	const { query } = migrate(new URLSearchParams(fields), figure);
	const { setting, problems } = readFields(query, figure);
	return { setting, problems: [...problems, ...repeated(query), ...unknown(query, figure)] };
}

function fieldsOf(figure: Described, setting: Setting): [string, string][] {
	const fields: [string, string][] = [];
	for (const [id, knob] of Object.entries(figure.knobs)) {
		const value = setting.params[id];
		if (value !== undefined && !sameValue(value, knob.default))
			fields.push([id, formatKnob(value)]);
	}
	if (setting.seed !== 0) fields.push(['seed', String(setting.seed)]);
	if (setting.seeds !== figure.seeds) fields.push(['seeds', String(setting.seeds)]);
	if (setting.lane !== null) fields.push(['lane', setting.lane]);
	return fields;
}

/** Knobs, seeds and lane, each from its field. */
function readFields(query: URLSearchParams, figure: Described): Reading {
	const { params, problems } = readParams(figure.knobs, (id) => query.get(id));
	const whole = (id: 'seed' | 'seeds', range: { min: number; max: number }, fallback: number) => {
		const text = query.get(id);
		if (text === null) return fallback;
		const knob = { kind: 'number', label: id, step: 1, scale: 'linear', ...range } as const;
		const read = readParams({ [id]: { ...knob, default: fallback } }, () => text);
		problems.push(...read.problems);
		return Number(read.params[id]);
	};
	const seed = whole('seed', seedRange, 0);
	const seeds = whole('seeds', seedsRange, figure.seeds);
	const wish = query.get('lane');
	const lane = lanes.find((lane) => lane === wish) ?? null;
	if (wish !== null && lane === null)
		problems.push(
			`lane must be one of ${lanes.join(', ')}; “${shorten(wish)}” is not. The lane is chosen automatically.`,
		);
	return { setting: { params, seed, seeds, lane }, problems };
}

function repeated(query: URLSearchParams): string[] {
	const seen = new Set<string>();
	const twice = new Set<string>();
	for (const name of query.keys()) (seen.has(name) && name !== 'pin' ? twice : seen).add(name);
	return [...twice].map(
		(name) => `“${shorten(name)}” is given more than once; the first one is used.`,
	);
}

function unknown(query: URLSearchParams, figure: Described): string[] {
	const legal = new Set<string>([...Object.keys(figure.knobs), ...commonFields]);
	const offered = [...legal].filter((name) => name !== 'figure' && name !== 'format');
	const names = [...new Set(query.keys())].filter((name) => !legal.has(name));
	return names.map((name, i) => {
		// The others are only counted; a search for their likes would take its time.
		if (i > mostProblems) return '';
		const short = shorten(name);
		return `“${short}” is not a knob of this figure. ${didYouMean(short, offered)}`;
	});
}

function cut(problems: readonly string[]): readonly string[] {
	if (problems.length <= mostProblems) return problems;
	const rest = problems.length - mostProblems;
	return [...problems.slice(0, mostProblems), `The link has ${rest} more such fields.`];
}

const escape = (character: string) => (character === '%' ? '%25' : '%3B');
const unescape = (code: string) => (code === '%25' ? '%' : ';');

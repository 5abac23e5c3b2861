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

/** A run together with the lane the reader asks for; null lets the engine choose. */
export interface Setting extends Run {
	readonly lane: Lane | null;
}

/** What a link says, and a sentence for each field it says badly. */
export interface LinkReading {
	readonly setting: Setting;
	readonly problems: readonly string[];
}

type Described = Pick<Figure, 'knobs' | 'seeds'>;

/** Fields every figure has; the rest of a link are knobs. */
const common = ['seed', 'seeds', 'lane'];
/** More sentences than this would bury the figure. */
const mostProblems = 6;

/** The setting a figure starts from. */
export function defaultSetting(figure: Described): Setting {
	return { params: readParams(figure.knobs, () => null).params, ...defaultRest(figure) };
}

/** The same with some knobs turned. */
export function settingWith(figure: Described, values: Partial<Params>): Setting {
	const { params, ...rest } = defaultSetting(figure);
	return { ...rest, params: { ...params, ...(values as Params) } };
}

/** Whether a link speaks of this figure. */
export function speaksOf(query: URLSearchParams, of: string): boolean {
	return query.get('figure') === of;
}

/**
 * Reads a link. A field that is not allowed falls back to its default, alone, and leaves one
 * sentence; a link that speaks of another figure leaves everything at its default.
 */
export function readLink(query: URLSearchParams, of: string, figure: Described): LinkReading {
	if (!speaksOf(query, of)) return { setting: defaultSetting(figure), problems: [] };
	const { params, problems } = readParams(figure.knobs, (id) => query.get(id));
	const whole = (id: 'seed' | 'seeds', range: { min: number; max: number }, fallback: number) => {
		const text = query.get(id);
		if (text === null) return fallback;
		const knob = { kind: 'number', label: id, step: 1, scale: 'linear', ...range } as const;
		const read = readParams({ [id]: { ...knob, default: fallback } }, () => text);
		problems.push(...read.problems);
		// A zero without a sign: “-0” is allowed, and is 0.
		return Number(read.params[id]) + 0;
	};
	const seed = whole('seed', seedRange, 0);
	const seeds = whole('seeds', seedsRange, figure.seeds);
	const wish = query.get('lane');
	const lane = lanes.find((lane) => lane === wish) ?? null;
	if (wish !== null && lane === null)
		problems.push(
			`lane must be one of ${lanes.join(', ')}; “${shorten(wish)}” is not. The lane is chosen automatically.`,
		);
	problems.push(...repeated(query), ...unknown(query, figure));
	return { setting: { params, seed, seeds, lane }, problems: cut(problems) };
}

/** The query of a setting, defaults left out; `readLink` reads it back unchanged. */
export function writeLink(of: string, figure: Described, setting: Setting): string {
	const fields: [string, string][] = [['figure', of]];
	for (const [id, knob] of Object.entries(figure.knobs)) {
		const value = setting.params[id];
		if (value !== undefined && !sameValue(value, knob.default))
			fields.push([id, formatKnob(value)]);
	}
	if (setting.seed !== 0) fields.push(['seed', String(setting.seed)]);
	if (setting.seeds !== figure.seeds) fields.push(['seeds', String(setting.seeds)]);
	if (setting.lane !== null) fields.push(['lane', setting.lane]);
	return `?${new URLSearchParams(fields).toString().replaceAll('%2C', ',')}`;
}

/** The whole address of a setting, on the page of another address. */
export function linkOn(page: string, of: string, figure: Described, setting: Setting): URL {
	const url = new URL(page);
	url.search = writeLink(of, figure, setting);
	url.hash = `figure-${of}`;
	return url;
}

/** Whether two runs are the same run. */
export function sameRun(a: Run, b: Run): boolean {
	return a.seed === b.seed && a.seeds === b.seeds && sameParams(a.params, b.params);
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

function defaultRest(figure: Described): Omit<Setting, 'params'> {
	return { seed: 0, seeds: figure.seeds, lane: null };
}

function repeated(query: URLSearchParams): string[] {
	const names = [...query.keys()];
	const twice = [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
	return twice.map((name) => `“${shorten(name)}” is given more than once; the first one is used.`);
}

function unknown(query: URLSearchParams, figure: Described): string[] {
	const legal = [...Object.keys(figure.knobs), ...common];
	const names = [...new Set(query.keys())].filter((name) => name !== 'figure');
	return names
		.filter((name) => !legal.includes(name))
		.map((name) => {
			const short = shorten(name);
			return `“${short}” is not a knob of this figure. ${didYouMean(short, legal)}`;
		});
}

function cut(problems: readonly string[]): readonly string[] {
	if (problems.length <= mostProblems) return problems;
	const rest = problems.length - mostProblems;
	return [...problems.slice(0, mostProblems), `The link has ${rest} more such fields.`];
}

/** What trials have decided on one device, as plain data: the page keeps it from one visit to the next. */
export interface Decisions {
	/** What draws WebGL; on another device nothing of this holds. */
	readonly renderer: string;
	/** Workload → why WebGL is passed over, as half a sentence; null where it is not. */
	readonly why: Readonly<Record<string, string | null>>;
}

/** More workloads than a reader meets. */
const most = 200;
const longest = 200;

/** Reads decisions from a text of unknown origin; null where it holds none. */
export function readDecisions(text: string | null): Decisions | null {
	try {
		const value = JSON.parse(text ?? 'null') as Partial<Decisions> | null;
		if (typeof value?.renderer !== 'string' || !value.why) return null;
		const entries = Object.entries(value.why as Record<string, unknown>).slice(0, most);
		const sound = entries.filter(
			(entry): entry is [string, string | null] =>
				entry[1] === null || (typeof entry[1] === 'string' && entry[1].length <= longest),
		);
		return { renderer: value.renderer, why: Object.fromEntries(sound) };
	} catch {
		return null;
	}
}

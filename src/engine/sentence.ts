/** What devices and browsers say, and what the reader can do about it. */
const mishaps: readonly (readonly [says: RegExp, sentence: string])[] = [
	[
		/allocation failed|out of memory|could not allocate|invalid (typed )?array (buffer )?length|memory\.grow|requested texture size/i,
		'This run needs more memory than the browser gives; choose a smaller network or fewer seeds.',
	],
	[
		/failed to (compile|link)|validation failed|unable to create (vertex|fragment|webgl)/i,
		'The graphics device could not compile this network; run it on another lane.',
	],
];

/** What went wrong as one sentence for the reader, ending in a full stop. */
export function sentenceOf(error: unknown): string {
	const text = error instanceof Error ? error.message : String(error);
	const known = mishaps.find(([says]) => says.test(text));
	if (known) return known[1];
	const [line = ''] = text.trim().split('\n');
	if (line === '') return 'The run ended for an unknown reason.';
	return /[.!?]$/.test(line) ? line : `${line}.`;
}

export function isAbort(error: unknown): boolean {
	return error instanceof Error && error.name === 'AbortError';
}

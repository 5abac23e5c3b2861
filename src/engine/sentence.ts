/** What went wrong as one sentence for the reader, ending in a full stop. */
export function sentenceOf(error: unknown): string {
	const text = error instanceof Error ? error.message : String(error);
	const [line = ''] = text.trim().split('\n');
	if (line === '') return 'The run ended for an unknown reason.';
	return /[.!?]$/.test(line) ? line : `${line}.`;
}

export function isAbort(error: unknown): boolean {
	return error instanceof Error && error.name === 'AbortError';
}

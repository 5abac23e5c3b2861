/** Lines up rows under their headings, for people: numbers to the right, words to the left. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
	const widths = headings.map((heading, i) =>
		Math.max(heading.length, ...rows.map((row) => (row[i] ?? '').length)),
	);
	const isNumber = headings.map((_, i) => rows.every((row) => /^[−∞\d]/.test(row[i] ?? '')));
	const line = (cells: readonly string[]) =>
		cells
			.map((cell, i) => (isNumber[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
			.join('  ')
			.trimEnd();
	return [line(headings), line(widths.map((w) => '─'.repeat(w))), ...rows.map(line)].join('\n');
}

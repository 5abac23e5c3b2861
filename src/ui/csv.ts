/**
 * Rows as comma-separated values (RFC 4180). Numbers keep all their digits. A text that a spreadsheet
 * would take for a formula begins with an apostrophe.
 */
export function csvOf(rows: readonly (readonly (string | number | undefined)[])[]): string {
	return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | undefined): string {
	if (value === undefined) return '';
	if (typeof value === 'number') return String(value);
	const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

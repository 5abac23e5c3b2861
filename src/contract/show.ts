/** A number as readers read it: three significant digits, a true minus sign, powers of ten spelled out. */
export function showNumber(value: number): string {
	if (Number.isNaN(value)) return 'not a number';
	if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
	if (value === 0) return '0';
	const size = Math.abs(value);
	if (size >= 1e5 || size < 1e-3) {
		const [digits = '', exponent = ''] = value.toExponential(1).split('e');
		return `${digits}·10${superscript(Number(exponent))}`.replace(/^-/, '−');
	}
	return String(Number(value.toPrecision(3))).replace(/^-/, '−');
}

/** A place on an axis: every digit of a width or a step counts. */
export function showPlace(value: number): string {
	return String(Number(value.toPrecision(6))).replace(/^-/, '−');
}

/** A fraction as a percentage: "2.1 %". */
export function showPercent(fraction: number): string {
	return Number.isNaN(fraction) ? 'not a number' : `${showNumber(100 * fraction)} %`;
}

function superscript(exponent: number): string {
	return String(exponent).replace(/./g, (c) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)] ?? '⁻');
}

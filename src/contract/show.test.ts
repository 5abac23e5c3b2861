import { expect, test } from 'vitest';
import { showNumber, showPercent } from './show.ts';

test.each([
	[0, '0'],
	[0.0604, '0.0604'],
	[-1.5, '−1.5'],
	[12345, '12300'],
	[123456, '1.2·10⁵'],
	[0.00012, '1.2·10⁻⁴'],
	[-0.00012, '−1.2·10⁻⁴'],
	[1e100, '1.0·10¹⁰⁰'],
	[NaN, 'not a number'],
	[Infinity, '∞'],
	[-Infinity, '−∞'],
])('%d is shown as %s', (value, text) => {
	expect(showNumber(value)).toBe(text);
});

test('fractions are shown as percentages', () => {
	expect(showPercent(0.0213)).toBe('2.13 %');
	expect(showPercent(NaN)).toBe('not a number');
});

/** A fault whose place has moved breaks nothing, and says nothing about the tests. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faults } from './faultList.ts';

describe('a fault on purpose', () => {
	it.each(faults.map(({ name, file, find, put }) => ({ name, file, find, put })))(
		'has its place: $name',
		({ file, find, put }) => {
			expect(readFileSync(file, 'utf8')).toContain(find);
			expect(put).not.toBe(find);
		},
	);
	it('has a name of its own', () => {
		const names = faults.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
	});
});

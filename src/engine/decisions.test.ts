import { expect, it } from 'vitest';
import { readDecisions } from './decisions.ts';

it.each([
	null,
	'',
	'{',
	'7',
	'null',
	'[]',
	'{"renderer":1,"why":{}}',
	'{"renderer":"a"}',
	'{"renderer":"a","why":null}',
])('reads nothing from %j', (text) => {
	expect(readDecisions(text)).toBeNull();
});

it('reads what was written, and drops what could not have been', () => {
	const why = { a: null, b: 'WebGL is slow', c: 7, d: 'x'.repeat(1000) };
	expect(readDecisions(JSON.stringify({ renderer: 'a GPU', why }))).toEqual({
		renderer: 'a GPU',
		why: { a: null, b: 'WebGL is slow' },
	});
});

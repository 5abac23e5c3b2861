import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeStorage } from './fakeStorage.ts';
import { keepRecord, recordOf, recordsOf } from './records.ts';

let storage: Storage;
beforeEach(() => vi.stubGlobal('localStorage', (storage = fakeStorage())));
afterEach(() => vi.unstubAllGlobals());

const solved = { seed: 3, tries: 2, answer: '3/4', solved: true, shown: false };

test('entries are kept one by one, found by kind, and forgotten', () => {
	keepRecord('exercise', 'ntk/travel', solved);
	keepRecord('guess', 'ntk/shape', { given: [0, 0.5, -1] });
	expect(recordOf('exercise', 'ntk/travel')).toEqual(solved);
	expect(recordOf('exercise', 'ntk/other')).toBeNull();
	expect([...recordsOf('exercise')]).toEqual([['ntk/travel', solved]]);
	keepRecord('exercise', 'ntk/travel', null);
	expect(recordsOf('exercise').size).toBe(0);
	expect(recordsOf('guess').size).toBe(1);
});

test.each([
	'',
	'null',
	'{"seed":3',
	'{"seed":3,"tries":2,"answer":"3/4","solved":"yes","shown":false}',
	'{"seed":-1,"tries":2,"answer":"3/4","solved":true,"shown":false}',
	'{"seed":3,"tries":2,"answer":"3/4","solved":true,"shown":false,"more":1}',
	'{"__proto__":{"seed":3},"tries":2,"answer":"","solved":true,"shown":false}',
])('what cannot be read counts as not there: %s', (text) => {
	storage.setItem('lemma-lab:1:exercise:ntk/travel', text);
	expect(recordOf('exercise', 'ntk/travel')).toBeNull();
	expect(recordsOf('exercise').size).toBe(0);
});

test('a name without its lesson is a mistake of ours', () => {
	expect(() => keepRecord('read', 'travel', { at: 1 })).toThrow(/“travel” is not lesson\/name/);
});

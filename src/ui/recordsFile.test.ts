import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeStorage } from './fakeStorage.ts';
import { forgetRefused } from './kept.ts';
import { keepRecord, recordOf } from './records.ts';
import { exportRecords, importRecords } from './recordsFile.ts';

let storage: Storage;
const stored = () =>
	Array.from({ length: storage.length }, (_, i) => {
		const key = storage.key(i) ?? '';
		return [key, storage.getItem(key)];
	});
const solved = { seed: 3, tries: 2, answer: '3/4', solved: true, shown: false };

beforeEach(() => {
	vi.stubGlobal('localStorage', (storage = fakeStorage()));
	keepRecord('exercise', 'ntk/travel', solved);
	keepRecord('pins', 'ntk/training', { runs: ['?figure=training&width=64'] });
});
afterEach(() => {
	forgetRefused();
	vi.unstubAllGlobals();
});

test('what is exported on one device is there on another', async () => {
	const file = new Blob([exportRecords()]);
	storage.clear();
	keepRecord('guess', 'ntk/shape', { given: [1] });
	expect(await importRecords(file)).toEqual({ count: 2 });
	expect(recordOf('exercise', 'ntk/travel')).toEqual(solved);
	expect(recordOf('pins', 'ntk/training')?.runs).toHaveLength(1);
	expect(recordOf('guess', 'ntk/shape')).toEqual({ given: [1] });
});

const file = (records: unknown, more = {}) =>
	JSON.stringify({ format: 'lemma-lab records', version: 1, records, ...more });
const refused: [string, BlobPart, RegExp][] = [
	['cut off', file({ read: { 'ntk/a': { at: 1 } } }).slice(0, -9), /cut off/],
	['binary', new Uint8Array([0x50, 0x4b, 3, 4, 0xff, 0xfe, 0]), /cut off, or is no file/],
	['empty', '', /cut off/],
	['somebody else’s', '{"cells": []}', /is no file of records/],
	['a list', '[]', /is no file of records/],
	[
		'of the future',
		file({}, { version: 7 }),
		/has version 7, made by a later site; this one reads 1/,
	],
	['without a version', file({}, { version: '1' }), /says no version/],
	['with an unknown kind', file({ notes: {} }), /kind not known here: “notes”/],
	['with a kind that every object has', file({ constructor: {} }), /“constructor”/],
	[
		'with one bad entry',
		file({ guess: { 'a/b': { given: [1] }, 'a/c': { given: ['x'] } } }),
		/guess “a\/c”/,
	],
	['with a name of no lesson', file({ guess: { __proto: { given: [1] } } }), /is not legal/],
	[
		'that pollutes',
		'{"format":"lemma-lab records","version":1,"records":{"__proto__":{"x":1}}}',
		/“__proto__”/,
	],
];
test.each(refused)('a file %s is refused, and nothing here changes', async (_, part, problem) => {
	const before = stored();
	expect(await importRecords(new Blob([part]))).toEqual({
		problem: expect.stringMatching(problem),
	});
	expect(stored()).toEqual(before);
	expect(({} as Record<string, unknown>).x).toBeUndefined();
});

test('a file of 50 MB is refused before it is read', async () => {
	const arrayBuffer = vi.fn();
	const huge = { size: 50_000_000, arrayBuffer } as unknown as Blob;
	expect(await importRecords(huge)).toEqual({
		problem: 'The file has 50.0 MB; records have at most 5 MB.',
	});
	expect(arrayBuffer).not.toHaveBeenCalled();
});

test('where there is no room for all of it, nothing of it is taken', async () => {
	const whole = file({
		read: { 'a/a': { at: 1 }, 'a/b': { at: 2 } },
		guess: { 'a/c': { given: [1] } },
	});
	const setItem = storage.setItem;
	storage.setItem = (key, text) => {
		if (storage.length >= 4) throw new DOMException('full', 'QuotaExceededError');
		setItem(key, text);
	};
	const before = stored();
	expect(await importRecords(new Blob([whole]))).toEqual({
		problem: expect.stringMatching(/no room/),
	});
	expect(stored()).toEqual(before);
});

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeStorage } from './fakeStorage.ts';
import { forgetRefused, isSaved, keepText, keptKeys, keptText } from './kept.ts';

let storage: Storage;
beforeEach(() => {
	storage = fakeStorage();
	vi.stubGlobal('localStorage', storage);
});
afterEach(() => {
	forgetRefused();
	vi.unstubAllGlobals();
});

test('a text is kept under a name of ours, and forgotten', () => {
	storage.setItem('somebody else', 'x');
	expect(keepText('a', 'b')).toBe(true);
	expect([keptText('a'), storage.getItem('lemma-lab:a')]).toEqual(['b', 'b']);
	expect(keptKeys('')).toEqual(['a']);
	keepText('a', null);
	expect([keptText('a'), keptKeys('')]).toEqual([null, []]);
});

describe('blocked or missing storage is no reason to fail', () => {
	const blocked = () => {
		throw new DOMException('denied', 'SecurityError');
	};
	test.each([
		['blocked', { getItem: blocked, setItem: blocked, removeItem: blocked, key: blocked }],
		['missing', undefined],
	])('%s: a text lasts as long as the page, and is said not to be saved', (_, given) => {
		vi.stubGlobal('localStorage', given);
		expect([keptText('a'), keptKeys(''), isSaved()]).toEqual([null, [], true]);
		expect(keepText('a', 'b')).toBe(false);
		expect([keptText('a'), keptKeys(''), isSaved()]).toEqual(['b', ['a'], false]);
		keepText('a', null);
		expect([keptText('a'), keptKeys('')]).toEqual([null, []]);
	});
});

test('full storage keeps what it has; the rest is saved once there is room', () => {
	keepText('a', 'old');
	const setItem = vi.spyOn(storage, 'setItem').mockImplementation(() => {
		throw new DOMException('full', 'QuotaExceededError');
	});
	expect([keepText('a', 'new'), keptText('a'), isSaved()]).toEqual([false, 'new', false]);
	expect(storage.getItem('lemma-lab:a')).toBe('old');
	setItem.mockRestore();
	expect([keepText('a', 'new'), isSaved()]).toEqual([true, true]);
	expect(storage.getItem('lemma-lab:a')).toBe('new');
});

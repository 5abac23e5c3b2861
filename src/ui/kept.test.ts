import { afterEach, expect, test, vi } from 'vitest';
import { keepText, keptText } from './kept.ts';

afterEach(() => vi.unstubAllGlobals());

test('a text is kept, and forgotten', () => {
	const store = new Map<string, string>();
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => store.get(key) ?? null,
		setItem: (key: string, text: string) => store.set(key, text),
		removeItem: (key: string) => store.delete(key),
	});
	keepText('a', 'b');
	expect(keptText('a')).toBe('b');
	keepText('a', null);
	expect(keptText('a')).toBeNull();
});

test('blocked or missing storage is no reason to fail', () => {
	const blocked = () => {
		throw new DOMException('denied', 'SecurityError');
	};
	vi.stubGlobal('localStorage', { getItem: blocked, setItem: blocked, removeItem: blocked });
	keepText('a', 'b');
	expect(keptText('a')).toBeNull();
	vi.stubGlobal('localStorage', undefined);
	keepText('a', null);
	expect(keptText('a')).toBeNull();
});

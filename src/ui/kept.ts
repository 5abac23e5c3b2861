/**
 * What a reader's device remembers: texts by name, none of them needed. Nothing throws where storage is
 * blocked, full or missing: what was refused then lasts as long as the page, and `isSaved` says so.
 */
import { createSubscriber } from 'svelte/reactivity';

/** Of every name in the browser's storage: other sites may share our origin. */
const prefix = 'lemma-lab:';
/** What the browser would not keep. */
const refused = new Map<string, string | null>();
const listeners = new Set<() => void>();

/** Called while a component reads, it makes the component read again when anything kept has changed. */
const changes = createSubscriber((update) => {
	listeners.add(update);
	// What other tabs keep.
	window.addEventListener('storage', update);
	return () => {
		listeners.delete(update);
		window.removeEventListener('storage', update);
	};
});

export function keptText(key: string): string | null {
	changes();
	if (refused.has(key)) return refused.get(key) ?? null;
	try {
		return localStorage.getItem(prefix + key);
	} catch {
		return null;
	}
}

/** Keeps a text, or forgets it where it is null; says whether the browser did so. */
export function keepText(key: string, text: string | null): boolean {
	try {
		if (text === null) localStorage.removeItem(prefix + key);
		else localStorage.setItem(prefix + key, text);
		refused.delete(key);
		return true;
	} catch {
		refused.set(key, text);
		return false;
	} finally {
		tell();
	}
}

/** The keys that begin with `start`, in order. */
export function keptKeys(start: string): string[] {
	changes();
	const keys = new Set<string>();
	try {
		for (let i = 0; i < localStorage.length; i++) {
			const name = localStorage.key(i) ?? '';
			if (name.startsWith(prefix)) keys.add(name.slice(prefix.length));
		}
	} catch {
		// Blocked: what was refused is all there is.
	}
	for (const [key, text] of refused) {
		if (text === null) keys.delete(key);
		else keys.add(key);
	}
	return [...keys].filter((key) => key.startsWith(start)).sort();
}

/** Whether the browser has kept everything it was given. */
export function isSaved(): boolean {
	changes();
	return refused.size === 0;
}

/** Lets go of what the browser refused, and has everything read again. */
export function forgetRefused(): void {
	refused.clear();
	tell();
}

function tell(): void {
	for (const listener of listeners) listener();
}

/** What a reader's device remembers: short texts, none of them needed. Nothing throws where storage is blocked. */
export function keptText(key: string): string | null {
	try {
		return localStorage.getItem(key);
	} catch {
		return null;
	}
}

/** Keeps a text, or forgets it where it is null. */
export function keepText(key: string, text: string | null): void {
	try {
		if (text === null) localStorage.removeItem(key);
		else localStorage.setItem(key, text);
	} catch {
		// Blocked or full: the choice lasts as long as the page.
	}
}

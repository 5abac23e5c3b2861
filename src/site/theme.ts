export const themes = { system: 'Auto', light: 'Light', dark: 'Dark' } as const;
export type Theme = keyof typeof themes;

const key = 'theme';

/** The reader's choice; `src/app.html` applies it before the first paint. */
export function keptTheme(): Theme {
	try {
		const kept = localStorage.getItem(key);
		return kept === 'light' || kept === 'dark' ? kept : 'system';
	} catch {
		return 'system';
	}
}

/** Applies a choice, and keeps it where the browser allows that. */
export function setTheme(theme: Theme): void {
	if (theme === 'system') delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = theme;
	try {
		if (theme === 'system') localStorage.removeItem(key);
		else localStorage.setItem(key, theme);
	} catch {
		// Storage is blocked: the choice lasts as long as the page.
	}
}

import { keepText, keptText } from '#ui/kept.ts';

export const themes = { system: 'Auto', light: 'Light', dark: 'Dark' } as const;
export type Theme = keyof typeof themes;

const key = 'theme';

/** The reader's choice; `src/app.html` applies it before the first paint. */
export function keptTheme(): Theme {
	const kept = keptText(key);
	return kept === 'light' || kept === 'dark' ? kept : 'system';
}

/** Applies a choice, and keeps it where the browser allows that. */
export function setTheme(theme: Theme): void {
	if (theme === 'system') delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = theme;
	keepText(key, theme === 'system' ? null : theme);
}

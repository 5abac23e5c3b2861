import { closest } from 'fastest-levenshtein';

/** “Did you mean …?”, for a name that is not among the legal ones. */
export function didYouMean(name: string, legal: readonly string[]): string {
	if (legal.length === 0) return 'There is none to choose from.';
	return `Did you mean ${closest(name, legal)}? Allowed: ${legal.join(', ')}.`;
}

/** What a reader has done in a lesson, in words, as this device keeps it. */
import { recordsOf } from '#ui/records.ts';

/** "3 sections read", "1 exercise solved" and so on; nothing of what was not done. */
export function doneIn(slug: string): string[] {
	const here = <T>(records: ReadonlyMap<string, T>) =>
		[...records].filter(([id]) => id.startsWith(`${slug}/`));
	const exercises = here(recordsOf('exercise'));
	const solved = exercises.filter(([, { solved }]) => solved).length;
	return [
		counted(here(recordsOf('read')).length, 'section', 'read'),
		counted(solved, 'exercise', 'solved'),
		counted(exercises.length - solved, 'exercise', 'begun'),
		counted(here(recordsOf('guess')).length, 'guess', 'made', 'guesses'),
	].filter((word) => word !== '');
}

function counted(n: number, what: string, done: string, plural = `${what}s`): string {
	return n === 0 ? '' : `${n} ${n === 1 ? what : plural} ${done}`;
}

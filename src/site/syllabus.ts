/** What of a syllabus stands: its lessons in the order of its sessions. */
import type { ListedLesson } from '#build/types.ts';
import type { Track } from '#build/types.ts';
import { lessons } from './catalogue.ts';

/** The lesson of a name, where it stands. */
export function lessonNamed(slug: string): ListedLesson | undefined {
	return lessons.find((lesson) => lesson.slug === slug);
}

/** The lessons of a track that stand, each once; how many sessions are covered wholly, and the minutes. */
export function standing(track: Track): {
	lessons: ListedLesson[];
	covered: number;
	minutes: number;
} {
	const slugs = new Set(track.sessions.flatMap((session) => session.lessons));
	const found = [...slugs].flatMap((slug) => lessonNamed(slug) ?? []);
	const covered = track.sessions.filter((session) => session.lessons.every(lessonNamed)).length;
	return { lessons: found, covered, minutes: found.reduce((sum, { minutes }) => sum + minutes, 0) };
}

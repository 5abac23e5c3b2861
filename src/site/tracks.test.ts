import { expect, test, vi } from 'vitest';

vi.mock('./catalogue.ts', () => ({
	lessons: [
		{ slug: 'erm', title: 'Risk', part: 'Foundations', needs: [] },
		{ slug: 'ntk', title: 'Lazy', part: 'The lazy regime', needs: ['erm'] },
	],
}));
const { neighbours, placeOf, syllabus, tracks } = await import('./tracks.ts');

test('each session of a track is a lesson that stands or is planned', () => {
	for (const { sessions } of tracks)
		for (const slug of sessions) expect(placeOf(slug).title, slug).not.toBe(slug);
	expect(new Set(syllabus().map(({ slug }) => slug)).size).toBe(syllabus().length);
});

test('the way goes on at the next lesson that stands, and says what does not', () => {
	const way = ['erm', 'depth', 'pinn', 'ntk', 'resnets'];
	expect(neighbours('erm', way)).toMatchObject({ previous: null, next: { title: 'Lazy' } });
	expect(neighbours('erm', way).skipped.map(({ slug }) => slug)).toEqual(['depth', 'pinn']);
	expect(neighbours('ntk', way)).toMatchObject({ previous: { slug: 'erm' }, next: null });
	expect(neighbours('ntk', way).skipped.map(({ slug }) => slug)).toEqual(['resnets']);
	expect(neighbours('other', way)).toEqual({ previous: null, next: null, skipped: [] });
});

import { expect, test, vi } from 'vitest';

vi.mock('./catalogue.ts', () => ({
	lessons: [
		{ slug: 'erm', title: 'Risk', part: 'Foundations', needs: [] },
		{ slug: 'ntk', title: 'Lazy', part: 'The lazy regime', needs: ['erm'] },
	],
}));
vi.mock('virtual:tracks', () => ({
	tracks: [
		{
			slug: 'one',
			title: 'A course',
			place: 'Here',
			term: '2020',
			sessions: [{ lessons: ['depth', 'ntk'] }, { lessons: ['ntk'] }],
		},
	],
}));
const { neighbours, placeOf, syllabus, ways } = await import('./ways.ts');

test('a track is a way through its lessons, each once', () => {
	expect(ways.map(({ sessions }) => sessions)).toEqual([['depth', 'ntk']]);
	expect(placeOf('depth')).toMatchObject({ stands: false, title: 'What depth does' });
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

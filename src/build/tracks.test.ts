import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Library } from './library.ts';

const folders: string[] = [];
afterEach(() => {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const sound = `title: T
place: P
term: Spring
order: 1
summary: S.
sessions:
  - title: One
    papers: [jacot2018]
    lessons: [ntk]
`;
const bib = `@misc{jacot2018,
  author = {Jacot, Arthur},
  title  = {T},
  year   = {2018},
}
`;

function tracks(track: string, papers = 'jacot2018: It claims. It proves.\n') {
	const root = mkdtempSync(join(tmpdir(), 'tracks-'));
	folders.push(root);
	for (const name of ['tracks', 'lessons']) mkdirSync(join(root, name));
	writeFileSync(join(root, 'lessons/references.bib'), bib);
	writeFileSync(join(root, 'tracks/a.yaml'), track);
	writeFileSync(join(root, 'tracks/papers.yaml'), papers);
	return new Library(root).tracks();
}

it('reads a track with its papers', () => {
	const [track] = tracks(sound);
	expect(track).toMatchObject({ slug: 'a', sessions: [{ title: 'One', when: null }] });
	expect(track?.sessions[0]?.papers).toEqual([
		{
			key: 'jacot2018',
			short: 'Jacot, 2018',
			html: 'Jacot, A. (2018). T.',
			claims: 'It claims. It proves.',
		},
	]);
});

describe('says what is wrong, and where', () => {
	it.each([
		['a work that is not there', sound.replace('jacot2018', 'jacot2019'), 'a.yaml:8', 'jacot2018?'],
		[
			'an unknown name',
			sound.replace('when', 'w') + '    wen: x\n',
			'a.yaml:10',
			'Unknown name “wen”',
		],
		['a lesson that is no address', sound.replace('ntk', 'The NTK'), 'a.yaml:9', 'The NTK'],
		['no title', sound.replace('title: T', 'order: 1'), 'a.yaml', 'key'],
		['no sessions', sound.split('sessions')[0]!, 'a.yaml:1', '“sessions”'],
		['an order in words', sound.replace('order: 1', 'order: first'), 'a.yaml:4', '“order”'],
	])('%s', (_, track, where, what) => {
		expect(() => tracks(track)).toThrow(new RegExp(`${where}[^]*${what.replace('?', '\\?')}`));
	});

	it('a paper whose claims nobody wrote, and claims of an unknown paper', () => {
		expect(() => tracks(sound, 'jacot2019: x\n')).toThrow(/papers.yaml:1[^]*a.yaml:8[^]*claims/);
	});
});

it('has five tracks, whose every lesson that stands is named rightly', () => {
	const library = new Library(process.cwd());
	const named = new Set(
		library.tracks().flatMap(({ sessions }) => sessions.flatMap(({ lessons }) => lessons)),
	);
	expect(library.tracks()).toHaveLength(5);
	const standing = readdirSync('lessons', { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
		.map(({ name }) => name);
	expect(standing.filter((name) => !named.has(name))).toEqual([]);
});

/** The compiler of lessons, held against a small library of its own on disk. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Library } from './library.ts';
import { LessonError } from './mistakes.ts';

let root: string;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'lessons-'));
	write('lessons/macros.json', '{ "R": "\\\\mathbb{R}" }');
	write(
		'lessons/references.bib',
		'@article{cho2009,\n  author = {Youngmin Cho and Lawrence K. Saul},\n  title = {Kernel methods},\n  journal = {NIPS},\n  year = {2009},\n}\n',
	);
	write('lessons/lazy/figures/training.ts', "export default { symbol: '\\\\alpha' };\n");
	write('lessons/lazy/exercises.ts', 'export default {\n\thalfLife: {},\n};\n');
	write('lessons/lazy/lesson.md', lesson('Words.'));
});
afterEach(() => rmSync(root, { recursive: true }));

const card = {
	title: 'Lazy',
	summary: 'One sentence.',
	part: 'Optimisation',
	order: '10',
	minutes: '5',
	needs: '[]',
	covers: '[]',
};

function lesson(body: string, changes: Partial<typeof card> = {}): string {
	const fields = Object.entries({ ...card, ...changes }).map(
		([name, value]) => `${name}: ${value}`,
	);
	return `---\n${fields.join('\n')}\n---\n\n${body}\n`;
}

function write(file: string, text: string): void {
	mkdirSync(dirname(join(root, file)), { recursive: true });
	writeFileSync(join(root, file), text);
}

const compile = () => new Library(root).lessons();
/** The HTML of a lesson with this body. Line 11 of the file is the first of the body. */
function html(body: string): string {
	write('lessons/lazy/lesson.md', lesson(body));
	const { parts } = compile()[0]!;
	return parts.map((part) => ('html' in part ? part.html : part.kind)).join('');
}

function mistakes(): string {
	try {
		compile();
		return 'no mistake';
	} catch (error) {
		expect(error).toBeInstanceOf(LessonError);
		return (error as Error).message;
	}
}

function mistakesIn(body: string, changes?: Partial<typeof card>): string {
	write('lessons/lazy/lesson.md', lesson(body, changes));
	return mistakes();
}

describe('prose', () => {
	it('numbers labelled formulas and links to them', () => {
		const page = html('$$\nx=1\n\\label{eq:x}\n$$\n\nAs \\eqref{eq:x} says.');
		expect(page).toMatch(/id="eq:x"/);
		expect(page).toMatch(/<a href="#eq:x">\(1\)<\/a>/);
	});

	it('typesets with hidden MathML, and without a script', () => {
		const page = html('In $x\\in\\R$ there is room.');
		expect(page).toContain('<mjx-container');
		expect(page).toContain('<mjx-assistive-mml');
		expect(page).toMatch(/<mi[^>]*>R<\/mi>/);
		expect(page).not.toContain('<script');
	});

	it('counts theorems and their like together, and names what a proof proves', () => {
		const page = html(
			':::definition{#def:a title="A thing"}\nText.\n:::\n\n:::theorem{#thm:b}\nText.\n:::\n\n::::proof{of="thm:b"}\n:::step{title="First."}\nText.\n:::\n::::\n\nSee :ref[thm:b].',
		);
		expect(page).toContain('Definition 1');
		expect(page).toContain('Theorem 2');
		expect(page).toContain('Proof of Theorem 2');
		expect(page).toMatch(/<a href="#thm:b">2<\/a>/);
		expect(page).toMatch(/<details class="step">/);
	});

	it('cites by author and year, with a card and a reference list', () => {
		const page = html('As was shown [@cho2009, p. 3].');
		expect(page).toMatch(
			/\(<span class="reference"><a href="#ref-cho2009">Cho (&#x26;|&amp;) Saul, 2009<\/a>/,
		);
		expect(page).toContain('class="card"');
		expect(page).toContain('id="ref-cho2009"');
	});

	it('leaves places for figures and questions, counted', () => {
		write(
			'lessons/lazy/lesson.md',
			lesson(
				'::figure{of=training caption=":theory[Line]: with $x$."}\n\n:::question{of=halfLife}\nHow long?\n:::',
			),
		);
		expect(compile()[0]?.parts).toMatchObject([
			{
				kind: 'figure',
				of: 'training',
				number: 1,
				captionHtml: expect.stringMatching(
					/^<b class="theory">Line<\/b>: with <span class="kept"><mjx/,
				),
			},
			{ kind: 'question', of: 'halfLife', role: 'exercise', number: 1 },
		]);
	});

	it('sends those who lack what a check asks for to its section, and to the figure there', () => {
		const check = (section: string) =>
			`:::question{of=halfLife kind=check section=${section}}\nHow long?\n:::`;
		const body = [
			'::checklist',
			check('decay'),
			check('growth'),
			'## Decay',
			'### In pictures',
			'::figure{of=training caption="x"}',
			'## Growth',
		];
		write('lessons/lazy/lesson.md', lesson(body.join('\n\n')));
		expect(compile()[0]?.parts).toMatchObject([
			{ kind: 'checklist' },
			{ role: 'check', number: 1, lack: { section: 'decay', figure: 'training' } },
			{ role: 'check', number: 2, lack: { section: 'growth', figure: null } },
			{ kind: 'html' },
			{ kind: 'figure' },
			{ kind: 'html' },
		]);
	});

	it('keeps a colon inside a word for what it is', () => {
		expect(html('At 10:30 or a:b.')).toContain('At 10:30 or a:b.');
	});

	it('names the sources of predictions, and lists them among the references', () => {
		write(
			'lessons/lazy/figures/training.ts',
			"const source = { cite: 'cho2009', where: 'Section 2' };\n",
		);
		const [compiled] = compile();
		expect(compiled?.sources).toEqual({ cho2009: 'Cho & Saul, 2009' });
		expect(JSON.stringify(compiled?.parts)).toContain('ref-cho2009');
	});

	it('typesets the symbols of knobs', () => {
		write('lessons/lazy/knobs.ts', "export const eta = { symbol: '\\\\eta' };\n");
		expect(compile()[0]?.symbols['\\eta']).toContain('<mjx-container');
		expect(compile()[0]?.symbols['\\alpha']).toContain('<mjx-container');
	});

	it('keeps the full stop on the line of its formula', () => {
		write(
			'lessons/lazy/lesson.md',
			lesson('On the sphere of radius $d$. And ($d$), or $d$ alone.'),
		);
		const page = JSON.stringify(compile()[0]?.parts);
		expect(page).toMatch(/<\/mjx-container>\.<\/span> And/);
		expect(page).toMatch(/<\/mjx-container>\),<\/span> or/);
		expect(page).toMatch(/<\/mjx-container> alone/);
	});

	it('puts a glyph that was used into the style sheet, and no other', () => {
		write('lessons/lazy/lesson.md', lesson('$\\Xi$'));
		const css = new Library(root).mathsCss();
		expect(css).toContain('39E');
		expect(css).not.toContain('2297');
	});
});

describe('a mistake is told with file, line and what is allowed', () => {
	const at = (line: number) => `lessons/lazy/lesson.md:${line}`;

	it.each([
		['a formula that is none', 'Good.\n\n$\\frac{1$', at(13), 'Bad TeX'],
		['an unknown command', '$\\relux$', at(11), 'Bad TeX'],
		['an unknown citation', 'As [@cho2008] says.', at(11), 'Did you mean cho2009?'],
		['an unknown environment', ':::theorm\nText.\n:::', at(11), 'Did you mean theorem?'],
		['a misspelt figure', '::figure{of=trainin caption="x"}', at(11), 'Did you mean training?'],
		['a figure without a caption', '::figure{of=training}', at(11), 'needs a caption'],
		['a misspelt question', ':::question{of=halfLif}\nHow?\n:::', at(11), 'Did you mean halfLife?'],
		[
			'a check without its section',
			':::question{of=halfLife kind=check section=decai}\nHow?\n:::\n\n## Decay',
			at(11),
			'Did you mean decay?',
		],
		['a checklist without checks', '::checklist', at(11), 'A checklist needs checks'],
		[
			'an unknown equation',
			'By \\eqref{eq:no}.\n\n$$\nx\n\\label{eq:now}\n$$',
			at(11),
			'Did you mean eq:now?',
		],
		['an unknown theorem', 'By :ref[thm:no].', at(11), 'There is no label “thm:no”'],
		[
			'a label used twice',
			'$$\nx\n\\label{eq:a}\n$$\n\n$$\ny\n\\label{eq:a}\n$$',
			at(18),
			'taken already',
		],
		['a link to no heading', '[here](#nowhere)', at(11), 'leads to no place'],
		['a link whose fragment is garbled', '[here](#%)', at(11), 'leads to no place'],
		['a link to no lesson', '[there](../lasy/)', at(11), 'Did you mean lazy?'],
		[
			'a proof of nothing',
			':::proof{of="thm:x"}\nText.\n:::',
			at(11),
			'Nothing here is called “thm:x”',
		],
	])('%s', (_, body, place, says) => {
		const told = mistakesIn(body);
		expect(told).toContain(place);
		expect(told).toContain(says);
	});

	it.each([
		['a missing title', { title: '' }, 2, '“title” is the title'],
		['a long summary', { summary: 'x'.repeat(161) }, 3, '161 characters; allowed: 160'],
		['an unknown part', { part: 'Optimization' }, 4, 'Did you mean Optimisation?'],
		['an order that is no number', { order: 'first' }, 5, 'whole number above 0'],
		[
			'a needed lesson that does not stand',
			{ needs: '[laz]' },
			7,
			'There is no lesson “laz” to need',
		],
	])('front matter with %s', (_, changes, line, says) => {
		const told = mistakesIn('Words.', changes);
		expect(told).toContain(at(line));
		expect(told).toContain(says);
	});

	it('a folder without words', () => {
		mkdirSync(join(root, 'lessons/empty'));
		expect(mistakes()).toContain('lessons/empty/lesson.md:1 is missing');
	});

	it('bad TeX in the symbol of a knob', () => {
		write('lessons/lazy/figures/training.ts', "\nexport default { symbol: '\\\\alph' };\n");
		expect(mistakes()).toMatch(/lessons\/lazy\/figures\/training\.ts:2 Bad TeX/);
	});

	it('an unknown work as the source of a prediction', () => {
		write(
			'lessons/lazy/figures/training.ts',
			"\n\nconst source = { cite: 'cho2008', where: 'Section 2' };\n",
		);
		expect(mistakes()).toMatch(
			/figures\/training\.ts:3 There is no work “cho2008”.*Did you mean cho2009/,
		);
	});

	it('an equation of a prediction that the words do not have', () => {
		write('lessons/lazy/figures/training.ts', "const p = { equation: 'eq:y' };\n");
		expect(mistakesIn('$$\nx=1\n\\label{eq:x}\n$$')).toMatch(
			/figures\/training\.ts:1 There is no label “eq:y”.*Did you mean eq:x/,
		);
	});

	it('bad TeX and an unknown work in the notation', () => {
		write(
			'lessons/lazy/notation.yaml',
			"symbols:\n  - symbol: '\\alph'\n    means: the scale\n    papers: { cho2008: a }\n",
		);
		expect(mistakes()).toMatch(/notation\.yaml:1 “\\alph”/);
		expect(mistakes()).toMatch(/notation\.yaml:1 “cho2008”: .*Did you mean cho2009/);
	});

	it('all of them at once', () => {
		const told = mistakesIn('[@no] and :ref[no]', { part: 'Nothing' });
		expect(told.split('\n')).toHaveLength(3);
	});
});

describe('what students ask of the words', () => {
	beforeEach(() =>
		write(
			'lessons/lazy/notation.yaml',
			"symbols:\n  - symbol: '\\alpha'\n    means: the scale of $\\R$\nterms:\n  - term: lazy\n    means: Not moving.\n",
		),
	);

	it('a symbol that stands alone can be asked about once in a section, not within links', () => {
		const page = html('$\\alpha$ and $\\alpha$, $2\\alpha$.\n\n## $\\alpha$\n\nAgain $\\alpha$.');
		expect(page.match(/<button type="button" class="sym" aria-label="alpha">/g)).toHaveLength(2);
		expect(page).not.toMatch(/<h2[^>]*><button/);
	});

	it('a number of a question has its place', () => {
		expect(html('With :value[n] points.')).toContain('<span data-value="n">n</span>');
	});

	it('theorems, figures, symbols and words are found', () => {
		const body =
			':::theorem{title="Rest"}\nNo motion.\n:::\n\n::figure{of=training caption="Training."}';
		write('lessons/lazy/lesson.md', lesson(body));
		const found = new Library(root).search(false).map(({ kind, title }) => `${kind} ${title}`);
		expect(found).toEqual([
			'section Lazy',
			'theorem Theorem 1 Rest',
			'figure Figure 1',
			'symbol alpha: the scale of R',
			'word lazy',
		]);
	});
});

it('a copied folder is a lesson; one with an underscore is not listed', () => {
	write('lessons/other/lesson.md', lesson('More.', { order: '5' }));
	write('lessons/_draft/lesson.md', lesson('Not yet.'));
	const library = new Library(root);
	expect(library.list(false).map(({ slug }) => slug)).toEqual(['other', 'lazy']);
	expect(library.search(false).map(({ slug }) => slug)).toEqual(
		expect.arrayContaining(['other', 'lazy']),
	);
	expect(library.lessons()).toHaveLength(3);
});

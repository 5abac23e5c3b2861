/**
 * The programs that readers take home: for every figure that has them, each is filled in with a run of
 * this very code and must compute it anew. TypeScript always; NumPy where it is installed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaults, type Figure, type Run } from '#contract';
import { filledIn, takenRun, type TakenRun } from '#ui/scripts.ts';
import { runFigure } from '../src/cli/runFigure.ts';

const modules = import.meta.glob<Figure>('/lessons/*/figures/*.ts', { import: 'default' });
const programs = readdirSync('lessons', { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.flatMap(({ name: lesson }) => {
		const folder = readdirSync(join('lessons', lesson)).includes('home');
		return folder
			? readdirSync(join('lessons', lesson, 'home')).map((file) => ({ lesson, file }))
			: [];
	});
const figures = [...new Set(programs.map(({ lesson, file }) => `${lesson}/${file.split('.')[0]}`))];
const hasNumPy = spawnSync('python3', ['-c', 'import numpy']).status === 0;

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'take-home-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** A small run by the code as it stands. */
async function runOf(lesson: string, name: string): Promise<TakenRun> {
	const figure = await modules[`/lessons/${lesson}/figures/${name}.ts`]!();
	const { params, seeds } = figure.reduced;
	const run: Run = {
		params: { ...defaults(figure.knobs), ...params } as Run['params'],
		seed: 3,
		seeds: Math.min(2, seeds),
	};
	return takenRun((await runFigure({ lesson, figure: name }, figure, run, 'cpu')).report);
}

function compute(lesson: string, file: string, run: TakenRun) {
	const text = filledIn(readFileSync(join('lessons', lesson, 'home', file), 'utf8'), run);
	expect(text, 'THE RUN stands in the program').toContain(JSON.stringify(run.seed));
	const path = join(folder, file);
	writeFileSync(path, text);
	const [command, ...args] = file.endsWith('.py') ? ['python3'] : ['node', '--import', 'tsx'];
	const { status, stdout, stderr } = spawnSync(command!, [...args, path], { encoding: 'utf8' });
	return { status, said: stdout + stderr };
}

describe.each(figures)('%s', (name) => {
	const [lesson = '', figure = ''] = name.split('/');
	let run: TakenRun;
	beforeAll(async () => (run = await runOf(lesson, figure)));

	it.each(['ts', 'py'])('is computed anew by %s', (kind) => {
		expect(programs).toContainEqual({ lesson, file: `${figure}.${kind}` });
	});

	it('by TypeScript', () => {
		const { status, said } = compute(lesson, `${figure}.ts`, run);
		expect(said).toMatch(/^reproduced$/m);
		expect(status).toBe(0);
	});

	it.skipIf(!hasNumPy)('by NumPy (skipped where python3 has no numpy)', () => {
		const { status, said } = compute(lesson, `${figure}.py`, run);
		expect(said).toMatch(/^reproduced$/m);
		expect(status).toBe(0);
	});
});

it('says so where the page had shown something else', async () => {
	const run = await runOf('long-steps', 'worst');
	const [first, ...others] = run.curves;
	const measured = first!.measured.map((v, i) => (i === 1 ? 1.001 * v : v));
	for (const file of hasNumPy ? ['worst.ts', 'worst.py'] : ['worst.ts']) {
		const other = { ...run, curves: [{ ...first!, measured }, ...others] };
		const { status, said } = compute('long-steps', file, other);
		expect(said).toMatch(/^differs from the page$/m);
		expect(status).toBe(1);
	}
});

/** What every lesson owes, the template included; nobody has to enter a lesson here. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
	defaults,
	draw,
	formatKnob,
	gridProblem,
	parseKnob,
	recordedGrid,
	waysToAsk,
	type Curve,
	type Figure,
	type Frame,
	type Knob,
	type Lab,
	type Params,
	type Question,
	type Questions,
	type Recording,
	type Run,
} from '#contract';
import { createNodeLab } from '#engine/node.ts';
import { levelGuess, sampled } from '#ui/guess.ts';
import { commonFields } from '#ui/link.ts';
import { runFigure } from '../src/cli/runFigure.ts';

const modules = import.meta.glob<Figure>(
	['/lessons/*/figures/*.ts', '!**/*.test.ts', '!**/*.browser.ts'],
	{ import: 'default', eager: true },
);
const questions = import.meta.glob<Questions>('/lessons/*/exercises.ts', {
	import: 'default',
	eager: true,
});
const figures = Object.entries(modules).map(([path, figure]) => {
	const [, , lesson = '', , file = ''] = path.split('/');
	return { lesson, name: file.replace(/\.ts$/, ''), figure };
});
/** Keys of the works that lessons may cite. */
const bibliography = Array.from(
	readFileSync('lessons/references.bib', 'utf8').matchAll(/^@\w+\{([^,]+),/gm),
	([, key]) => key,
);
const at = (figure: Figure, params: Partial<Params> = {}): Run => ({
	params: { ...defaults(figure.knobs), ...params } as Params,
	seed: 0,
	seeds: Math.min(figure.seeds, 2),
});

describe.each(figures)('$lesson/$name', ({ lesson, name, figure }) => {
	const knobs = Object.entries<Knob>(figure.knobs);

	it('has knobs whose defaults and reduced values are legal, and whose names are free', () => {
		for (const name of commonFields) expect(figure.knobs[name], name).toBeUndefined();
		const reduced = Object.entries(figure.reduced.params) as [string, Params[string]][];
		for (const [id, value] of [
			...knobs.map(([id, knob]) => [id, knob.default] as const),
			...reduced,
		]) {
			const knob = figure.knobs[id];
			expect(knob, id).toBeDefined();
			if (knob) expect(parseKnob(id, knob, formatKnob(value))).toEqual({ value });
		}
	});

	it('draws each prediction in a panel of its own naming', () => {
		const ids = figure.predictions.map((p) => p.id);
		expect(new Set(ids).size).toBe(ids.length);
		const panels = figure.panels.map((panel) => panel.id);
		for (const prediction of figure.predictions) expect(panels).toContain(prediction.panel);
	});

	it('has maps whose knobs are numbers', () => {
		for (const { id, knobs: along } of figure.pictures ?? [])
			for (const name of Object.values(along ?? {}))
				expect(figure.knobs[name]?.kind, `${id}: ${name}`).toBe('number');
	});

	it('assumes nothing at the defaults that does not hold there', () => {
		for (const prediction of figure.predictions)
			for (const hypothesis of prediction.hypotheses)
				expect(hypothesis.broken(at(figure)), hypothesis.id).toBeNull();
	});

	it('lets the reader give up a hypothesis of each theorem that has any', () => {
		const given = figure.presets.flatMap(({ breaks = [] }) => breaks);
		for (const { id, hypotheses } of figure.predictions)
			if (hypotheses.length > 0)
				expect(hypotheses.filter((h) => given.includes(h.id)).length, id).toBeGreaterThan(0);
	});

	it('names sources that stand in the bibliography', () => {
		for (const { id, source } of figure.predictions) {
			expect(bibliography, `${id}: source`).toContain(source.cite);
			expect(source.where, `${id}: where in ${source.cite}`).not.toBe('');
		}
	});

	it('argues each tolerance', () => {
		for (const { claim, id } of figure.predictions)
			expect(claim.because.length, `${id}: because`).toBeGreaterThan(20);
	});

	it('predicts something at both ends of every knob', { timeout: 60_000 }, () => {
		for (const [id, knob] of knobs)
			for (const value of ends(knob)) {
				const run = at(figure, { [id]: value });
				for (const prediction of figure.predictions) {
					const curve = prediction.predict(run, figure.steps(run));
					expect(curve.y.length, `${prediction.id} at ${id} = ${value}`).toBe(curve.x.length);
					expect(curve.x.length).toBeGreaterThan(0);
					for (const hypothesis of prediction.hypotheses)
						expect(hypothesis.broken(run), hypothesis.id).not.toBe('');
				}
			}
	});

	it('has presets that are legal, and break what they say', { timeout: 60_000 }, () => {
		for (const preset of figure.presets) {
			for (const [id, value] of Object.entries(preset.values) as [string, Params[string]][]) {
				const knob = figure.knobs[id];
				expect(knob, `${preset.id}: ${id}`).toBeDefined();
				if (knob) expect(parseKnob(id, knob, formatKnob(value))).toEqual({ value });
			}
			const run = { ...at(figure, preset.values), seeds: figure.seeds };
			const broken = figure.predictions.flatMap((p) =>
				p.hypotheses.filter((h) => h.broken(run) !== null).map((h) => h.id),
			);
			expect([...new Set(broken)], preset.id).toEqual([preset.breaks ?? []].flat());
		}
	});

	it('frees its sessions when it is stopped half way', async () => {
		const lab = await createNodeLab('cpu');
		let open = 0;
		const counting: Lab = {
			async open(job) {
				const session = await lab.open(job);
				open++;
				const dispose = session.dispose.bind(session);
				session.dispose = () => (open--, dispose());
				return session;
			},
		};
		const run = at(figure, figure.reduced.params);
		const frames = figure.frames(run, counting, new AbortController().signal);
		const iterator = frames[Symbol.asyncIterator]();
		await iterator.next();
		await iterator.return?.();
		expect(open).toBe(0);
	});

	it('holds every claim at its reduced setting', { timeout: 120_000 }, async () => {
		const run = { ...at(figure, figure.reduced.params), seeds: figure.reduced.seeds };
		let last = null as Frame | null;
		const onFrame = (frame: Frame) => void (last = frame);
		const { report } = await runFigure({ lesson, figure: name }, figure, run, 'cpu', { onFrame });
		for (const p of report.predictions) expect(p.verdict, `${p.id} ${p.sentence}`).toBe('agrees');
		expect(figure.summary(report).length).toBeGreaterThan(40);
		for (const picture of figure.pictures ?? []) {
			const grid = picture.draw(last!);
			expect(gridProblem(picture, grid), picture.id).toBeNull();
			expect(picture.describe(grid).length, picture.id).toBeGreaterThan(40);
		}
	});

	it('recorded the run that it would make today', () => {
		const file = join('lessons', lesson, 'recorded', `${name}.json`);
		expect(existsSync(file), `${file}: make it with npm run record -- ${lesson}/${name}`).toBe(
			true,
		);
		const recorded = JSON.parse(readFileSync(file, 'utf8')) as Recording;
		for (const picture of figure.pictures ?? []) {
			const kept = recorded.pictures?.[picture.id];
			expect(kept, `${picture.id}: make it with npm run record`).toBeDefined();
			if (kept) expect(gridProblem(picture, recordedGrid(kept)), picture.id).toBeNull();
		}
		expect(recorded.params).toEqual(defaults(figure.knobs));
		const run: Run = { params: recorded.params, seed: recorded.seed, seeds: recorded.seeds };
		for (const prediction of figure.predictions) {
			const then = recorded.predictions.find((p) => p.id === prediction.id);
			expect(then?.verdict, prediction.id).toBe('agrees');
			const now = prediction.predict(run, recorded.steps);
			const place = new Map(now.x.map((x, i) => [x, i]));
			then?.x.forEach((x, i) => {
				const value = now.y[place.get(x) ?? -1] ?? NaN;
				const recordedValue = then.predicted[i] ?? NaN;
				const scale = Math.max(...then.predicted.map(Math.abs));
				expect(Math.abs(value - recordedValue), `${prediction.id} at ${x}`).toBeLessThanOrEqual(
					1e-9 * scale,
				);
			});
		}
	});
});

describe.each(Object.entries(questions))('%s', (path, list) => {
	const lesson = path.split('/')[2] ?? '';

	it('computes an answer to each question, however it is asked', { timeout: 60_000 }, () => {
		for (const [id, question] of Object.entries(list))
			for (let n = 0; n < waysToAsk(question); n++) {
				const { question: asked, values } = draw(question, n);
				checkQuestion(`${id} ${JSON.stringify(values)}`, asked);
				if (!asked.show) continue;
				const figure = figures.find((f) => f.lesson === lesson && f.name === asked.show?.figure);
				expect(figure, `${id}: show`).toBeDefined();
				for (const [knob, value] of Object.entries(asked.show.set) as [string, Params[string]][])
					expect(
						figure?.figure.knobs[knob] &&
							parseKnob(knob, figure.figure.knobs[knob], formatKnob(value)),
						`${id}: show ${knob}`,
					).toEqual({ value });
			}
	});
});

function checkQuestion(id: string, question: Question): void {
	switch (question.kind) {
		case 'choice':
			expect(question.options[question.answer()], id).toBeDefined();
			expect(question.replies, id).toHaveLength(question.options.length);
			return;
		case 'number': {
			const answer = question.answer();
			expect(Number.isFinite(answer), id).toBe(true);
			for (const slip of question.slips)
				expect(slip.when(answer), `${id}: ${slip.say}`).toBe(false);
			return;
		}
		case 'curve': {
			// The formula misses nothing, and the level line that a guess begins with does.
			const { knots, x, y } = question;
			const truth = { x: knots, y: sampled(question.answer(), knots, x, y) };
			expect(truth.y.every(Number.isFinite), id).toBe(true);
			const said = (guess: Curve) => question.misses.filter(({ when }) => when(guess));
			expect(said(truth), id).toEqual([]);
			expect(said({ x: knots, y: levelGuess(question) }), id).not.toEqual([]);
			return;
		}
		case 'threshold': {
			const { place, misses } = question;
			const answer = question.answer();
			expect(answer >= place.min && answer <= place.max, `${id}: ${answer}`).toBe(true);
			expect(misses.filter(({ when }) => when(answer))).toEqual([]);
			for (const end of [place.min, place.max])
				expect(
					misses.some(({ when }) => when(end)),
					`${id} at ${end}`,
				).toBe(true);
		}
	}
}

it('every lesson asks for a guess', () => {
	for (const path of Object.keys(questions)) {
		const text = readFileSync(join('lessons', path.split('/')[2] ?? '', 'lesson.md'), 'utf8');
		expect(text, path).toMatch(/:::question\{of=\w+ kind=guess\}/);
	}
});

it('finds the lessons that stand on disk', () => {
	const folders = readdirSync('lessons', { withFileTypes: true }).filter((e) => e.isDirectory());
	expect(new Set(figures.map((f) => f.lesson))).toEqual(new Set(folders.map((f) => f.name)));
});

function ends(knob: Knob): Params[string][] {
	switch (knob.kind) {
		case 'number':
			return [knob.min, knob.max];
		case 'choice':
			return Object.keys(knob.options);
		case 'set':
			return [knob.options.slice(0, 1), knob.options];
		case 'expression':
			return [
				...Object.values(knob.presets),
				// A constant, a straight line, a kink, an infinite slope, and more waves than any cell resolves.
				...['1', 'x', 'abs(x - 0.3)', 'sqrt(x)', 'sin(2000 * x)'].map((text) =>
					text.replaceAll('x', knob.variables[0] ?? 'x'),
				),
			];
		case 'list':
			return [[knob.min], Array.from({ length: knob.most }, () => knob.max)];
	}
}

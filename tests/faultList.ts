/** What `npm run faults` breaks, and which test must say so. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface Fault {
	readonly name: string;
	readonly file: string;
	readonly find: string;
	readonly put: string;
	/** What is run over the broken code. */
	readonly check: readonly string[];
	/** What its output must say. */
	readonly says: RegExp;
}

const unit = (...where: string[]) => ['vitest', 'run', '--project', 'unit', ...where];
const browser = (...where: string[]) => ['vitest', 'run', '--project', 'browser', ...where];
const site = (file: string, test: string) => [
	...['vitest', 'run', '--project', 'site', `tests/site/${file}.test.ts`],
	...['-t', test],
];
const rules = ['depcruise', 'src', 'lessons', '--config', '.dependency-cruiser.mjs'];

const shared: readonly Fault[] = [
	{
		name: 'κ₀ without its 1/π',
		file: 'src/theory/arcCosine.ts',
		find: 'return (Math.PI - angle(r)) / Math.PI;',
		put: 'return Math.PI - angle(r);',
		check: unit('src/theory/arcCosine', 'src/theory/reluNtk'),
		says: /κ₀ carries the factor 1\/π/,
	},
	{
		name: 'variance law without the square of the mean',
		file: 'src/theory/ntkVariance.ts',
		find: 'second - first * first',
		put: 'second',
		check: unit('src/theory/ntkVariance'),
		says: /on the diagonal the variance is 12\/m/,
	},
	{
		name: 'residual after t + 1 steps',
		file: 'src/theory/descentFilter.ts',
		find: 'return (1 - eta * lambda) ** t;',
		put: 'return (1 - eta * lambda) ** (t + 1);',
		check: unit('src/theory/descentFilter'),
		says: /one weight, stepped by hand/,
	},
	{
		name: 'first-layer kernel off by two',
		file: 'src/theory/reluNtk.ts',
		find: 'return (r * kappa0(r)) / 2;',
		put: 'return r * kappa0(r);',
		check: unit('src/theory/reluNtk'),
		says: /the first layer alone gives r\/2 of κ₀/,
	},
	{
		name: 'a prediction that is wrong turns its claim red',
		file: 'lessons/_template/theory.ts',
		find: 'return residualFilter(eta, 1, t);',
		put: 'return residualFilter(eta, 1, t + 1);',
		check: unit('tests/lessons'),
		says: /output disagrees/,
	},
	{
		name: 'a tensor leaked per step',
		file: 'src/engine/tfjs/kernel.ts',
		find: 'dispose([...learner.state]);',
		put: 'void dispose;',
		check: unit('src/engine/tfjs'),
		says: /tensors leaked per step/,
	},
	{
		name: 'a gradient with the wrong sign in the reference',
		file: 'src/engine/cpu/optimiser.ts',
		find: '(w[i] as number) - stepSize * (g[i] as number)',
		put: '(w[i] as number) + stepSize * (g[i] as number)',
		check: unit('src/engine/cpu'),
		says: /FAIL/,
	},
	{
		name: 'the engine imported in theory',
		file: 'src/theory/circulant.ts',
		find: "import type { Eigen } from './eigen.ts';",
		put: "import type { Eigen } from './eigen.ts';\nimport '#engine/lane.ts';",
		check: rules,
		says: /theory-knows-only-itself: src\/theory\/circulant\.ts → src\/engine\/lane\.ts/,
	},
	{
		name: 'a lesson that imports its neighbour',
		file: 'lessons/_template/theory.ts',
		find: "import { residualFilter } from '#theory/descentFilter.ts';",
		put: "import { residualFilter } from '#theory/descentFilter.ts';\nimport '../ntk/theory.ts';",
		check: rules,
		says: /lesson-knows-no-neighbour/,
	},
	{
		name: 'a misspelt figure in a lesson',
		file: 'lessons/_template/lesson.md',
		find: '::figure{of=decay',
		put: '::figure{of=decya',
		check: ['vite', 'build'],
		says: /lessons\/_template\/lesson\.md:\d+ There is no figure “decya”.*Did you mean decay\?/,
	},
	{
		name: 'a gap that is not a number passes for agreement',
		file: 'src/contract/verdict.ts',
		find: 'if (Number.isNaN(gap) || Number.isNaN(allowed)) return Infinity;',
		put: 'if (Number.isNaN(gap) || Number.isNaN(allowed)) return 0;',
		check: unit('src/contract/verdict'),
		says: /FAIL/,
	},
	{
		name: 'a link that is not validated',
		file: 'src/contract/knob.ts',
		find: '!(value >= knob.min && value <= knob.max)',
		put: 'false',
		check: unit('src/contract/knob', 'src/ui/link'),
		says: /FAIL/,
	},
	{
		name: 'a lane judged by the time it compiles',
		file: 'src/engine/trial.ts',
		find: 'const since = now();',
		put: 'const since = end - budget;',
		check: unit('src/engine/trial'),
		says: /measures both lanes without what they compile/,
	},
	{
		name: 'a trial that is repeated for every run',
		file: 'src/engine/lane.ts',
		find: 'this.#decided.set(workloadOf(job), why);',
		put: '',
		check: unit('src/engine/trial'),
		says: /does not ask again/,
	},
	{
		name: 'no rest on two cores',
		file: 'src/engine/session.ts',
		find: 'await duty.worked(took);',
		put: 'void took;',
		check: unit('src/engine/duty'),
		says: /a session rests between slices/,
	},
	{
		name: 'engine: a lost device that is not noticed',
		file: 'src/engine/session.ts',
		find: '|| !lost.isLost()) throw error;',
		put: '|| !lost.isLost() || true) throw error;',
		check: unit('src/engine/session'),
		says: /goes on elsewhere as if nothing had happened/,
	},
	{
		name: 'engine: no probation after a lost device',
		file: 'src/engine/lane.ts',
		find: 'const probation = 60_000;',
		put: 'const probation = 0;',
		check: unit('src/engine/lane'),
		says: /passed over if lost again within a minute/,
	},
	{
		name: 'engine: a lane that computes wrongly passes',
		file: 'src/engine/lane.ts',
		find: 'if (!(error <= allowedError))',
		put: 'if (error > 1)',
		check: unit('src/engine/lane'),
		says: /refuses a lane whose self-test is off by/,
	},
	{
		name: 'engine: a runaway that is not ended',
		file: 'src/engine/drive.ts',
		find: 'if (bounds.leftBy(measured)) {',
		put: 'if (bounds.leftBy({})) {',
		check: unit('src/engine/drive'),
		says: /ends a run that leaves all bounds/,
	},
	{
		name: 'engine: a runaway blamed on the curvature of another loss',
		file: 'src/engine/tooLong.ts',
		find: 'const edge = limit.factor / curvature;',
		put: 'const edge = limit.factor / 2 / curvature;',
		check: unit('src/engine/drive', 'src/engine/tooLong'),
		says: /ends a run that leaves all bounds/,
	},
	{
		name: 'engine: silence of a worker goes unnoticed',
		file: 'src/engine/remote.ts',
		find: 'if (this.#unheard >= patience) return this.close(silent);',
		put: '',
		check: unit('src/engine/client'),
		says: /notices a worker that has fallen silent/,
	},
	{
		name: 'engine: a mishap in the words of the browser',
		file: 'src/engine/sentence.ts',
		find: 'if (known) return known[1];',
		put: 'void known;',
		check: unit('src/engine/sentence'),
		says: /a mishap in one sentence/,
	},
	{
		name: 'engine: a step size changed in silence',
		file: 'src/engine/drive.ts',
		find: 'const throughout = sameThroughout(figure, turns);',
		put: 'const throughout = sameThroughout(figure, turns.slice(0, 0));',
		check: unit('src/engine/drive'),
		says: /says that a step size was changed on the way/,
	},
	{
		name: 'engine: a replay that forgets the change of the step size',
		file: 'src/engine/stepSizesInTime.ts',
		find: 'return this.#spells.findLast(({ from }) => from <= step) ?? this.first;',
		put: 'return step < 0 ? this.first : this.#spells.at(-1)!;',
		check: unit('src/engine/session'),
		says: /replays a change of the step size where it was made/,
	},
	{
		name: 'engine: decisions believed on another device',
		file: 'src/engine/lane.ts',
		find: 'if (renderer !== this.#drawer) return this.#tell();',
		put: 'void renderer;',
		check: unit('src/engine/lane'),
		says: /believes nothing that was decided on another device/,
	},
	{
		name: 'engine: a warm start that drops the weights',
		file: 'src/engine/session.ts',
		find: 'kernel.restore?.(checkpoint);\n		} catch',
		put: 'void kernel;\n		} catch',
		check: unit('src/engine/session'),
		says: /moves to another kernel at the end of a slice/,
	},
	{
		name: 'engine: float64 on a lane without it',
		file: 'src/engine/lab.ts',
		find: "if (job.precision === 'float64') await this.#bePrecise();",
		put: '',
		check: unit('src/engine/lane'),
		says: /takes a job in float64 elsewhere/,
	},
	{
		name: 'engine: half floats are not asked about',
		file: 'src/engine/tfjs/webgl.ts',
		find: "if (!env().getBool('WEBGL_RENDER_FLOAT32_ENABLED'))",
		put: 'if (gl.isContextLost())',
		check: browser('src/engine/warmStart'),
		says: /is refused for what it says of itself/,
	},
	{
		name: 'engine: half floats pass the self-test',
		file: 'src/engine/lane.ts',
		find: 'if (!(error <= allowedError))',
		put: 'if (error > 1)',
		check: browser('src/engine/warmStart'),
		says: /is refused by the self-test where it says nothing/,
	},
	{
		name: 'engine: a lost context is waited for',
		file: 'src/engine/tfjs/webgl.ts',
		find: 'while (sync && !gl.isContextLost() && waited() < patience)',
		put: 'while (waited() < patience)',
		check: browser('src/engine/tfjs/webgl'),
		says: /a kernel answers with a sentence within 2 s/,
	},
	{
		name: 'engine: after a lost context the steps between are left out',
		file: 'src/engine/session.ts',
		find: 'this.#taken = checkpoint?.steps ?? 0;',
		put: 'this.#taken = this.#step;',
		check: browser('src/engine/tfjs/webgl'),
		says: /a run goes on with the identical curve/,
	},
	{
		name: 'engine: shaders that do not compile end the run',
		file: 'src/engine/lane.ts',
		find: 'return webgl.device.isLost() ? begun : noted(begun, cannotTrain);',
		put: 'throw new Error(cannotTrain);',
		check: unit('src/engine/lane'),
		says: /stays on WASM where WebGL cannot compile the network/,
	},
	{
		name: 'engine: a job of any size is begun',
		file: 'src/engine/budget.ts',
		find: 'if (!(bytes > mostBytes)) return;',
		put: 'if (bytes > 0) return;',
		check: unit('src/engine/budget'),
		says: /refuses a job that cannot fit/,
	},
	{
		name: 'engine: float64 is believed untested',
		file: 'src/engine/lane.ts',
		find: 'if (!(error <= allowedErrorInFloat64))',
		put: 'if (error > 1)',
		check: unit('src/engine/lane'),
		says: /to the reference where WASM is wrong in float64/,
	},
	{
		name: 'student: nothing to come back to',
		file: 'src/ui/figureLink.svelte.ts',
		find: 'if (comesBack) history?.push(',
		put: 'if (comesBack && !before) history?.push(',
		check: browser('src/ui/Extras', '-t', 'what was run'),
		says: /what was run, or gone to at once/,
	},
	{
		name: 'student: Back finds the page as it is',
		file: 'src/site/history.ts',
		find: 'pushState(linkOn(',
		put: 'replaceState(linkOn(',
		check: site('reader', 'Back and Forward'),
		says: /Back and Forward move between runs/,
	},
	{
		name: 'student: an answer before the guess',
		file: 'src/ui/FigureSlot.svelte',
		find: 'answers !== null && !uncovered',
		put: 'answers === null && !uncovered',
		check: site('student', 'waits for the guess'),
		says: /a figure waits for the guess/,
	},
	{
		name: 'student: a pin that is not kept',
		file: 'src/ui/pins.svelte.ts',
		find: 'if (letter) this.#put({ letter, setting, report, predicted });\n\t\tthis.#keep();',
		put: 'if (letter) this.#put({ letter, setting, report, predicted });',
		check: browser('src/ui/Extras', '-t', 'finished runs are pinned'),
		says: /finished runs are pinned/,
	},
	{
		name: 'student: a factor of 2 without a name',
		file: 'src/ui/slips.ts',
		find: "[2, 'It is off by a factor of 2.']",
		put: "[3, 'It is off by a factor of 2.']",
		check: unit('src/ui/answer'),
		says: /FAIL/,
	},
	{
		name: 'student: what was solved is still open',
		file: 'src/site/Unsolved.svelte',
		find: 'return record?.solved ? [] :',
		put: 'return record?.solved && !record.tries ? [] :',
		check: site('student', 'one left open'),
		says: /one left open is listed on the next visit/,
	},
	{
		name: 'student: something is not forgotten',
		file: 'src/ui/forget.ts',
		find: "await attempt('local storage', () => localStorage.clear());",
		put: '',
		check: site('reader', 'forgets everything'),
		says: /forgets everything/,
	},
	{
		name: 'student: not saved, and not said',
		file: 'src/ui/kept.ts',
		find: 'return refused.size === 0;',
		put: 'return refused.size >= 0;',
		check: site('reader', 'storage is blocked'),
		says: /where storage is blocked a line says so/,
	},
	{
		name: 'student: numbers of another run are taken home',
		file: 'src/ui/csv.ts',
		find: "if (typeof value === 'number') return String(value);",
		put: "if (typeof value === 'number') return value.toFixed(1);",
		check: browser('src/ui/Extras', '-t', 'taken home'),
		says: /a figure is taken home/,
	},
	{
		name: 'student: a misspelt word finds nothing',
		file: 'src/site/searchIndex.ts',
		find: 'fuzzy: 0.2',
		put: 'fuzzy: false',
		check: unit('src/site/searchIndex'),
		says: /silvr shedule/,
	},
	{
		name: 'student: a symbol without its value',
		file: 'src/site/symbolHelp.ts',
		find: 'const now = liveParams(figure)?.[id];',
		put: 'const now = liveParams(id)?.[id];',
		check: site('student', 'a symbol says'),
		says: /a symbol says what it means/,
	},
	{
		name: 'student: a curve without its formula',
		file: 'src/ui/lit.ts',
		find: "node.classList.add('lit');",
		put: '',
		check: site('student', 'light each other'),
		says: /a curve and its formula light each other/,
	},
	{
		name: 'student: a hypothesis that nothing breaks',
		file: 'src/ui/hypotheses.ts',
		find: 'const broken = this.#ask(hypothesis, run);',
		put: 'const broken = null;',
		check: browser('src/ui/Figure.browser', '-t', 'is a switch'),
		says: /a hypothesis is a switch/,
	},
	{
		name: 'student: the next lesson is one that does not stand',
		file: 'src/site/ways.ts',
		find: 'next: after[next] ?? null,',
		put: 'next: after[0] ?? null,',
		check: unit('src/site/ways'),
		says: /FAIL/,
	},
	{
		name: 'ui: a hidden tab draws on',
		file: 'src/ui/runner.svelte.ts',
		find: 'if (!this.#isTabHidden) this.#catchUp();',
		put: 'this.#catchUp();',
		check: unit('src/ui/runner'),
		says: /only its latest frame is drawn/,
	},
	{
		name: 'ui: blocked storage breaks the page',
		file: 'src/ui/kept.ts',
		find: '		return localStorage.getItem(prefix + key);\n	} catch {',
		put: '		return localStorage.getItem(prefix + key);\n	} finally {\n	}\n	try {\n		return null;\n	} catch {',
		check: unit('src/ui/kept'),
		says: /blocked or missing storage/,
	},
	{
		name: 'links: an old name is forgotten',
		file: 'src/ui/migrate.ts',
		find: '.slice(format - 1)',
		put: '.slice(format)',
		check: unit('src/ui/link.test'),
		says: /links of earlier formats/,
	},
	{
		name: 'links: a zero has two signs',
		file: 'src/contract/knob.ts',
		find: '? Number(text) + 0 : null',
		put: '? Number(text) : null',
		check: unit('src/ui/link.fuzz'),
		says: /random and hostile queries/,
	},
	{
		name: 'links: every result is reproduced',
		file: 'src/ui/result.ts',
		find: 'if (gap <= sameWithin)',
		put: 'if (gap >= 0)',
		check: unit('src/ui/result'),
		says: /a run is compared with its link/,
	},
	{
		name: 'records: a file is taken unchecked',
		file: 'src/ui/recordsFile.ts',
		find: 'isRecordId(id) ? checkRecord(known, value) : null',
		put: 'value',
		check: unit('src/ui/recordsFile'),
		says: /with one bad entry is refused, and nothing here changes/,
	},
	{
		name: 'home: a program that computes something else',
		file: 'lessons/long-steps/home/worst.ts',
		find: '(sum(taken) + 0.5)',
		put: '(sum(taken) + 0.501)',
		check: unit('tests/takeHome', '-t', 'long-steps'),
		says: /by TypeScript/,
	},
];

/** What `lessons/x/faults.json` holds: `file` within the lesson, checked by the unit tests of the lesson. */
interface LessonFault {
	readonly name: string;
	readonly file: string;
	readonly find: string;
	readonly put: string;
	/** A pattern that the red tests must print: the name of the formula. */
	readonly says: string;
}

function faultsOf(lesson: string): Fault[] {
	const path = `lessons/${lesson}/faults.json`;
	if (!existsSync(path)) return [];
	return (JSON.parse(readFileSync(path, 'utf8')) as LessonFault[]).map((fault) => ({
		...fault,
		name: `${lesson}: ${fault.name}`,
		file: `lessons/${lesson}/${fault.file}`,
		check: unit(`lessons/${lesson}/`),
		says: new RegExp(fault.says),
	}));
}

/** All of them: those of the code that lessons share, then those of each lesson. */
export const faults: readonly Fault[] = [...shared, ...readdirSync('lessons').flatMap(faultsOf)];

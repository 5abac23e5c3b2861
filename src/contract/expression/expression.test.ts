import { describe, expect, test } from 'vitest';
import { random } from '#theory/random.ts';
import { parseKnob, readParams, type ExpressionKnob } from '../knob.ts';
import { compileExpression } from './compile.ts';
import { drawnHeights, drawnText } from './drawn.ts';

const value = (text: string, x = 0) => compileExpression(text, ['x']).value(x);
const target: ExpressionKnob = {
	kind: 'expression',
	label: 'target',
	variables: ['x'],
	presets: { sine: 'sin(2*pi*x)' },
	default: 'sin(2*pi*x)',
};
const problemOf = (text: string) => {
	const parsed = parseKnob('target', target, text);
	return 'problem' in parsed ? parsed.problem : '';
};

describe('values', () => {
	test.each<[string, number, number]>([
		['1 + 2 * 3', 0, 7],
		['2 - 3 - 4', 0, -5],
		['8 / 4 / 2', 0, 1],
		['2 ^ 3 ^ 2', 0, 512],
		['2 ** 3', 0, 8],
		['-x^2', 3, -9],
		['(-x)^2', 3, 9],
		['2 ^ -x', 1, 0.5],
		['2 ^ -x ^ 2', 2, 1 / 16],
		['- -x', 3, 3],
		['1 - -x^2', 3, 10],
		['-x^-2', 2, -0.25],
		['exp(-(x-.35)^2/(2*.1^2))', 0.35, 1],
		['exp(-x^2)', 1, Math.exp(-1)],
		['1e-1 * x', 2, 0.2],
		['sin(2*pi*x)', 0.25, 1],
		['ln(e)', 0, 1],
		['max(x, 0.5) + min(x, 0.5)', 0.2, 0.7],
		['relu(x - 1) + abs(-x) + sign(x)', 0.5, 1.5],
		['spline(x, 0, 0.3, -2)', 0.5, 0.3],
		['spline(x, 0, 1, 0)', 0.25, 11 / 16],
		['spline(x, 0, 1, 0)', 1.5, -1.5],
	])('%s at %d', (text, x, expected) => {
		expect(value(text, x)).toBeCloseTo(expected, 14);
	});
});

test.each([
	'sin(2*pi*x)',
	'cos(x)*tan(x/2)',
	'asin(x/2) + acos(x/3) - atan(x)',
	'sinh(x) - cosh(2*x) + tanh(3*x)',
	'exp(-(x-.35)^2/(2*.1^2))',
	'log(1 + x) / (1 + 25*(2*x-1)^2)',
	'sqrt(1 + x)^3',
	'x^3 - x^2.5 + 2^x + x^x',
	'max(x, 2*x^2) - abs(sin(x) - 2)*relu(x + 1)',
	'1/(1+x)**2',
	'spline(x, 0, .7, -1, 2.5) + spline(2*x - .5, 1, 0, 1)',
])('slope and second derivative of %s are those of differences', (text) => {
	const f = compileExpression(text, ['x']);
	for (const x of [0.17, 0.43, 0.81]) {
		const h = 1e-4;
		const [left, here, right] = [f.value(x - h), f.value(x), f.value(x + h)];
		const [v, slope, curvature] = f.jet(x);
		expect(v).toBeCloseTo(here, 14);
		const scale = 1 + Math.abs(curvature);
		expect(Math.abs(slope - (right - left) / (2 * h)) / scale).toBeLessThan(1e-5);
		expect(Math.abs(curvature - (right - 2 * here + left) / h ** 2) / scale).toBeLessThan(1e-5);
	}
});

test('a drawing is a text, and the text is the drawing', () => {
	const text = drawnText('x', [0, -0.001, 0.456, -1]);
	expect(text).toBe('spline(x, 0, 0, 0.46, -1)');
	expect(parseKnob('target', target, text)).toEqual({ value: text });
	expect(drawnHeights('x', text)).toEqual([0, 0, 0.46, -1]);
	expect(drawnHeights('x', 'spline( x ,1,2,3 )')).toEqual([1, 2, 3]);
	for (const other of [
		'sin(x)',
		'spline(x, 1, 2, 3) + 1',
		'spline(t, 1, 2, 3)',
		'spline(x, 1, , 2)',
	])
		expect(drawnHeights('x', other), other).toBeNull();
});

test('what has a kink says where it may be', () => {
	const { switches } = compileExpression('abs(x - 0.5) + max(x, 0.2)', ['x']);
	expect(switches.map(({ name }) => name)).toEqual(['abs', 'max']);
	expect(switches.map(({ value: at }) => at(0.7))).toEqual([0.7 - 0.5, 0.7 - 0.2]);
});

describe('what is refused, in one sentence', () => {
	test.each([
		['', 'is empty.'],
		['sin(2*pi*x', 'does not parse at character 11: a bracket is not closed.'],
		['x +', 'does not parse at character 4: expected expression after +.'],
		['2x', 'does not parse at character 2: a name follows a number, write * between them.'],
		['2 x', 'has two terms side by side, with no + − * / ^ between them.'],
		['x(x+1)', 'needs a * before the bracket after x.'],
		['sinn(x)', 'uses “sinn”, which is not known. Did you mean sin? Allowed: sin, cos,'],
		['y', 'uses “y”, which is not known. Did you mean'],
		['sin', 'needs brackets after sin.'],
		['sin(x, x)', 'gives sin 2 arguments; it takes 1.'],
		['spline(x, 1, 2)', 'gives spline too little; it takes a place and three heights or more.'],
		['spline(x, 1, x, 3)', 'needs plain numbers as the heights of spline.'],
		['spline', 'needs brackets after spline.'],
		['spline(x, 0, 1e6, 0)', 'is larger than 1000 in size at x = 0.005.'],
		['x.constructor', 'may hold numbers, names'],
		['x = 3', 'may not contain “=”, at character 3.'],
		['x["y"]', 'may not contain “[”, at character 2.'],
		['1/x', 'is not finite at x = 0.'],
		['1/(x - 0.3)', 'is not finite at x = 0.3.'],
		['1e6*x', 'is larger than 1000 in size at x = 0.005.'],
		['x'.repeat(201), 'is longer than 200 characters; this one has 201.'],
		['constructor', 'uses “constructor”, which is not known.'],
		['__proto__', 'uses “__proto__”, which is not known.'],
		['toString()', 'uses “toString”, which is not known.'],
	])('“%s” %s', (text, says) => {
		const problem = problemOf(text);
		expect(problem).toContain(says);
		expect(problem).toMatch(/^target = “.*” .*\.$/);
	});

	test('a bad field falls back to its default and says so', () => {
		const { params, problems } = readParams({ target }, () => 'sin(');
		expect(params).toEqual({ target: 'sin(2*pi*x)' });
		expect(problems).toEqual([
			'target = “sin(” does not parse at character 5: a bracket is not closed. Its default, sin(2*pi*x), is used.',
		]);
	});
});

test('what readers paste is tidied, and a preset may be named', () => {
	expect(parseKnob('t', target, ' x − 2·x\n× π ')).toEqual({ value: 'x - 2*x * pi' });
	expect(parseKnob('t', target, 'sine')).toEqual({ value: 'sin(2*pi*x)' });
});

const count = 10_000;
test(`${count} hostile expressions: none throws, none is let through out of range, none is slow`, () => {
	const { uniform } = random(1, 'expressions');
	const pick = <T>(from: readonly T[]) => from[Math.floor(uniform() * from.length)] as T;
	const pieces = [
		...['x', 'y', '1', '.5', '2e3', '1e999', 'pi', 'e', '0', '9'.repeat(30)],
		...['+', '-', '*', '/', '^', '**', '(', '(', ')', ')', ',', ' ', '\n', '-', '^-'],
		...['sin(', 'exp(', 'log(', 'sqrt(', 'max(', 'abs(', 'tan(', 'relu(', 'x)', 'x)', 'x,x)'],
		...[
			'__proto__',
			'constructor',
			'this',
			'true',
			'hasOwnProperty(',
			'eval(',
			'Function(',
			'toString',
		],
		...[
			'.',
			'..',
			'[',
			']',
			'"',
			"'",
			'`',
			';',
			'=',
			'=>',
			'?',
			':',
			'{',
			'}',
			'\\u0041',
			'💥',
			'\u0000',
			'#',
		],
	];
	const names = () =>
		[Object.prototype, Function.prototype, Array.prototype].map(
			(p) => Object.getOwnPropertyNames(p).length,
		);
	const before = names();
	let [legal, sum] = [0, 0];
	for (let i = 0; i < count; i++) {
		const length = 1 + Math.floor(uniform() * (i % 10 === 0 ? 120 : 12));
		const text = Array.from({ length }, () => pick(i % 2 ? pieces : pieces.slice(0, 33))).join('');
		const start = performance.now();
		const parsed = parseKnob('target', target, text);
		sum += performance.now() - start;
		if ('problem' in parsed) {
			expect(parsed.problem.length).toBeLessThan(400);
			continue;
		}
		legal++;
		const f = compileExpression(String(parsed.value), ['x']);
		for (let k = 0; k <= 8; k++) {
			const v = f.value(k / 8);
			if (!(Math.abs(v) <= 1000)) throw new Error(`${text} is ${v} at ${k / 8}`);
		}
		expect(parseKnob('target', target, String(parsed.value))).toEqual(parsed);
	}
	expect(legal).toBeGreaterThan(count / 100);
	expect(names()).toEqual(before);
	expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	expect(sum / count).toBeLessThan(1);
});

test('the deepest expressions that fit are read in about a millisecond', () => {
	const texts = [
		'('.repeat(99) + 'x' + ')'.repeat(99),
		'-'.repeat(199) + 'x',
		'x^'.repeat(99) + 'x',
		`${'sin('.repeat(39)}x${')'.repeat(39)}`,
	];
	const times = texts.map((text) => {
		const rounds = Array.from({ length: 20 }, () => {
			const start = performance.now();
			parseKnob('target', target, text);
			return performance.now() - start;
		});
		return Math.min(...rounds);
	});
	// The least of twenty: a busy machine delays most of them.
	for (const time of times) expect(time).toBeLessThan(5);
});

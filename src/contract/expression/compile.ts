import type { Expression as Node } from 'jsep';
import { didYouMean } from '../nearest.ts';
import { binaryFunctions, constants, unaryFunctions } from './functions.ts';
import { chain, negative, power, product, reciprocal, sum, type Jet } from './jet.ts';
import { ExpressionError, parseTree } from './parse.ts';
import { naturalSpline } from './spline.ts';

/** A part of an expression, ready to be evaluated at the values of its variables. */
interface Term {
	value(at: readonly number[]): number;
	/** With the derivatives along the first variable. */
	jet(at: readonly number[]): Jet;
}

/** A reader's function. */
export interface Expression {
	/** f at the values of the variables, in their order; NaN or ±∞ where it has none. */
	value(...at: number[]): number;
	/** f, f′ and f″ along the first variable, exact up to rounding. */
	jet(...at: number[]): Jet;
	/** What changes sign where f may have a kink or a jump: the arguments of abs, max and their like. */
	readonly switches: readonly { readonly name: string; value(...at: number[]): number }[];
}

/**
 * Compiles a text such as `exp(-x^2)` over the given variables. Nothing of it is ever run as code: the
 * syntax tree is walked, and whatever is not arithmetic on known names is refused.
 * Throws ExpressionError, the end of a sentence for the reader.
 */
export function compileExpression(text: string, variables: readonly string[]): Expression {
	const switches: { name: string; term: Term }[] = [];
	const term = compile(parseTree(text));
	return {
		value: (...at) => term.value(at),
		jet: (...at) => term.jet(at),
		switches: switches.map(({ name, term: t }) => ({ name, value: (...at) => t.value(at) })),
	};

	function compile(node: Node): Term {
		switch (node.type) {
			case 'Literal':
				if (typeof node.value === 'number') return constant(node.value);
				break;
			case 'Identifier':
				return named(node.name as string);
			case 'UnaryExpression': {
				const u = compile(node.argument as Node);
				if (node.operator === '+') return u;
				return { value: (at) => -u.value(at), jet: (at) => negative(u.jet(at)) };
			}
			case 'BinaryExpression':
				return binary(
					node.operator as string,
					compile(node.left as Node),
					compile(node.right as Node),
				);
			case 'CallExpression':
				return called(node.callee as Node, node.arguments as Node[]);
			case 'Compound':
			case 'SequenceExpression':
				throw new ExpressionError('has two terms side by side, with no + − * / ^ between them');
		}
		throw new ExpressionError('may hold numbers, names, + − * / ^ and brackets only');
	}

	function named(name: string): Term {
		const value = constants.get(name);
		if (value !== undefined) return constant(value);
		const i = variables.indexOf(name);
		if (i >= 0) return { value: (at) => at[i] ?? NaN, jet: (at) => [at[i] ?? NaN, i ? 0 : 1, 0] };
		if (functionNames.includes(name)) throw new ExpressionError(`needs brackets after ${name}`);
		throw unknown(name, [...variables, ...constants.keys(), ...functionNames]);
	}

	function called(callee: Node, given: readonly Node[]): Term {
		const name = callee.type === 'Identifier' ? (callee.name as string) : '';
		if (name === '' || variables.includes(name) || constants.has(name))
			throw new ExpressionError(`needs a * before the bracket after ${name || 'a number'}`);
		if (name === 'spline') return spline(given);
		const args = given.map(compile);
		const [f, g] = [unaryFunctions.get(name), binaryFunctions.get(name)];
		if (!f && !g) throw unknown(name, functionNames);
		const wanted = f ? 1 : 2;
		if (args.length !== wanted)
			throw new ExpressionError(`gives ${name} ${args.length} arguments; it takes ${wanted}`);
		const [u, v] = args as [Term, Term];
		if (f) {
			if (f.switches) switches.push({ name, term: u });
			return {
				value: (at) => f.value(u.value(at)),
				jet: (at) => applied(f.jet, u.jet(at)),
			};
		}
		const pick = g as (a: number, b: number) => 0 | 1;
		switches.push({ name, term: binary('-', u, v) });
		return {
			value: (at) => choose(pick, u.value(at), v.value(at), (a) => a),
			jet: (at) => choose(pick, u.jet(at), v.jet(at), ([a]) => a),
		};
	}

	/** spline(u, h₀, …, hₙ): through heights at u = 0, 1/n, …, 1. */
	function spline([place, ...rest]: readonly Node[]): Term {
		if (!place || rest.length < 3)
			throw new ExpressionError(
				'gives spline too little; it takes a place and three heights or more',
			);
		const u = compile(place);
		const curve = naturalSpline(rest.map(plainNumber));
		return { value: (at) => curve(u.value(at))[0], jet: (at) => applied(curve, u.jet(at)) };
	}
}

const functionNames = [...unaryFunctions.keys(), ...binaryFunctions.keys(), 'spline'];

function plainNumber(node: Node): number {
	const isSigned = node.type === 'UnaryExpression';
	const { type, value } = isSigned ? (node.argument as Node) : node;
	if (type !== 'Literal' || typeof value !== 'number')
		throw new ExpressionError('needs plain numbers as the heights of spline');
	return isSigned && node.operator === '-' ? -value : value;
}

function unknown(name: string, legal: readonly string[]): ExpressionError {
	const short = name.length > 24 ? `${name.slice(0, 24)}…` : name;
	return new ExpressionError(`uses “${short}”, which is not known. ${didYouMean(short, legal)}`);
}

function constant(value: number): Term {
	return { value: () => value, jet: () => [value, 0, 0] };
}

function applied(f: (u: number) => Jet, u: Jet): Jet {
	return chain(f(u[0]), u);
}

function choose<T>(pick: (a: number, b: number) => 0 | 1, u: T, v: T, value: (t: T) => number): T {
	// Of two, one of which is not a number, that one is taken.
	if (Number.isNaN(value(u))) return u;
	if (Number.isNaN(value(v))) return v;
	return pick(value(u), value(v)) === 0 ? u : v;
}

function binary(operator: string, u: Term, v: Term): Term {
	switch (operator) {
		case '+':
			return { value: (at) => u.value(at) + v.value(at), jet: (at) => sum(u.jet(at), v.jet(at)) };
		case '-':
			return {
				value: (at) => u.value(at) - v.value(at),
				jet: (at) => sum(u.jet(at), negative(v.jet(at))),
			};
		case '*':
			return {
				value: (at) => u.value(at) * v.value(at),
				jet: (at) => product(u.jet(at), v.jet(at)),
			};
		case '/':
			return {
				value: (at) => u.value(at) / v.value(at),
				jet: (at) => product(u.jet(at), reciprocal(v.jet(at))),
			};
		case '^':
		case '**':
			return {
				value: (at) => u.value(at) ** v.value(at),
				jet: (at) => power(u.jet(at), v.jet(at)),
			};
	}
	throw new ExpressionError(`may not use “${operator}”`);
}

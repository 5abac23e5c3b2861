import type { Jet } from './jet.ts';

/** A function of one argument: its value, and its value with two derivatives. */
interface Unary {
	readonly value: (u: number) => number;
	readonly jet: (u: number) => Jet;
	/** Whether it has a kink or a jump where its argument changes sign. */
	readonly switches?: true;
}

function unary(
	value: (u: number) => number,
	slope: (u: number, value: number) => number,
	curvature: (u: number, value: number) => number,
): Unary {
	return {
		value,
		jet: (u) => {
			const f = value(u);
			return [f, slope(u, f), curvature(u, f)];
		},
	};
}

const log = unary(
	Math.log,
	(u) => 1 / u,
	(u) => -1 / u ** 2,
);

/** What an expression may call with one argument. Maps, not objects: nothing is inherited. */
export const unaryFunctions: ReadonlyMap<string, Unary> = new Map([
	['sin', unary(Math.sin, Math.cos, (_, f) => -f)],
	[
		'cos',
		unary(
			Math.cos,
			(u) => -Math.sin(u),
			(_, f) => -f,
		),
	],
	[
		'tan',
		unary(
			Math.tan,
			(_, f) => 1 + f * f,
			(_, f) => 2 * f * (1 + f * f),
		),
	],
	[
		'asin',
		unary(
			Math.asin,
			(u) => (1 - u * u) ** -0.5,
			(u) => u * (1 - u * u) ** -1.5,
		),
	],
	[
		'acos',
		unary(
			Math.acos,
			(u) => -((1 - u * u) ** -0.5),
			(u) => -u * (1 - u * u) ** -1.5,
		),
	],
	[
		'atan',
		unary(
			Math.atan,
			(u) => 1 / (1 + u * u),
			(u) => (-2 * u) / (1 + u * u) ** 2,
		),
	],
	['sinh', unary(Math.sinh, Math.cosh, (_, f) => f)],
	['cosh', unary(Math.cosh, Math.sinh, (_, f) => f)],
	[
		'tanh',
		unary(
			Math.tanh,
			(_, f) => 1 - f * f,
			(_, f) => -2 * f * (1 - f * f),
		),
	],
	[
		'exp',
		unary(
			Math.exp,
			(_, f) => f,
			(_, f) => f,
		),
	],
	['log', log],
	['ln', log],
	[
		'sqrt',
		unary(
			Math.sqrt,
			(_, f) => 0.5 / f,
			(_, f) => -0.25 / f ** 3,
		),
	],
	[
		'abs',
		{
			...unary(
				Math.abs,
				(u) => (u < 0 ? -1 : 1),
				() => 0,
			),
			switches: true,
		},
	],
	[
		'sign',
		{
			...unary(
				Math.sign,
				() => 0,
				() => 0,
			),
			switches: true,
		},
	],
	[
		'relu',
		{
			...unary(
				(u) => Math.max(u, 0),
				(u) => (u > 0 ? 1 : 0),
				() => 0,
			),
			switches: true,
		},
	],
]);

/** What may be called with two arguments: which of them is taken, 0 or 1. */
export const binaryFunctions: ReadonlyMap<string, (u: number, v: number) => 0 | 1> = new Map([
	['max', (u: number, v: number) => (u >= v ? 0 : 1)],
	['min', (u: number, v: number) => (u <= v ? 0 : 1)],
]);

export const constants: ReadonlyMap<string, number> = new Map([
	['pi', Math.PI],
	['e', Math.E],
]);

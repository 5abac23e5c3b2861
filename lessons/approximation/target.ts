/** The function to be approximated, as the reader picked or typed it. */
import { compileExpression, showNumber, type ExpressionKnob } from '#contract';
import { memo } from '#theory/memo.ts';

export const targetKnob: ExpressionKnob = {
	kind: 'expression',
	label: 'target',
	symbol: 'f(x)',
	variables: ['x'],
	presets: {
		sine: 'sin(2*pi*x)',
		bump: 'exp(-(x-0.35)^2/(2*0.1^2))',
		runge: '1/(1+25*(2*x-1)^2)',
		parabola: 'x^2',
	},
	default: 'sin(2*pi*x)',
	drawing: { heights: 9, low: -1.5, high: 1.5 },
};

/** A function on [0, 1] with its second derivative. */
export interface Target {
	f(x: number): number;
	second(x: number): number;
	/** Why it is not twice continuously differentiable, as far as a close look shows; null where it is. */
	readonly rough: string | null;
	/** The largest |f|. */
	readonly size: number;
}

/** Cells in which kinks are looked for. */
const cells = 512;
const places = Array.from({ length: cells + 1 }, (_, i) => i / cells);

export const targetOf = memo((text: string): Target => {
	const expression = compileExpression(text, ['x']);
	const second = (x: number) => expression.jet(x)[2];
	const kink = expression.switches.flatMap(({ name, value }) => {
		const at = places.find((x, i) => i > 0 && changesSign(value(x - 1 / cells), value(x)));
		return at === undefined || at >= 1 ? [] : [`${name} has a kink near x = ${showNumber(at)}`];
	})[0];
	const wild = places.find((x) => !Number.isFinite(second(x)));
	return {
		f: (x) => expression.value(x),
		second,
		rough: kink ?? (wild === undefined ? null : `f″ is not finite at x = ${showNumber(wild)}`),
		size: Math.max(...places.map((x) => Math.abs(expression.value(x)))),
	};
});

/** A switch that is thrown within the interval; one that stays at 0 was never thrown. */
function changesSign(before: number, after: number): boolean {
	return Math.sign(before) !== Math.sign(after) && before !== 0;
}

import { compileExpression, type Expression } from './compile.ts';
import { ExpressionError } from './parse.ts';

/** Values beyond this are refused: a network in float32 should still see the shape of the function. */
export const largest = 1000;
/** Places looked at between 0 and 1, one less than their number: .1, .25, .3 … are among them. */
const cells = 200;

/** What readers paste: other minus and product signs, π, a line break. */
export function tidy(text: string): string {
	return text
		.slice(0, 1000)
		.replace(/\s+/g, ' ')
		.replace(/[−–]/g, '-')
		.replace(/[·×]/g, '*')
		.replace(/π/g, 'pi')
		.trim();
}

/**
 * Compiles a tidy text and looks whether it is finite and of moderate size with all
 * variables going from 0 to 1 together.
 * Throws ExpressionError, the end of a sentence for the reader.
 */
export function checkedExpression(text: string, variables: readonly string[]): Expression {
	const expression = compileExpression(text, variables);
	for (let i = 0; i <= cells; i++) {
		const x = i / cells;
		const at = variables.map(() => x);
		const value = expression.value(...at);
		if (!Number.isFinite(value))
			throw new ExpressionError(`is not finite at ${variables[0] ?? ''} = ${x}`);
		if (Math.abs(value) > largest)
			throw new ExpressionError(
				`is larger than ${largest} in size at ${variables[0] ?? ''} = ${x}`,
			);
	}
	return expression;
}

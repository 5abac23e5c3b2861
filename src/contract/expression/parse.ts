import jsep, { type Expression as Node } from 'jsep';

/** What is wrong with an expression, as the end of a sentence that begins with the knob's name. */
export class ExpressionError extends RangeError {}

/** Longer than this no expression is read: a link stays a link. */
export const longest = 200;

// jsep reads the operators of JavaScript; we read those of arithmetic, and ^ is a power.
jsep.removeAllUnaryOps();
jsep.removeAllBinaryOps();
jsep.removeAllLiterals();
for (const op of ['+', '-']) jsep.addBinaryOp(op, 9);
for (const op of ['*', '/']) jsep.addBinaryOp(op, 10);
for (const op of ['^', '**']) jsep.addBinaryOp(op, 11, true);

/** A sign binds less tightly than a power, −x² = −(x²), which jsep by itself does the other way round. */
jsep.hooks.add('gobble-token', function (env) {
	const operator = this.char;
	if (operator !== '-' && operator !== '+') return;
	this.index++;
	const argument = signed(this);
	env.node = { type: 'UnaryExpression', operator, argument, prefix: true };
});

function signed(reader: jsep.HookScope): Node {
	const base = reader.gobbleToken();
	if (!base) return reader.throwError('Expected expression after a sign');
	reader.gobbleSpaces();
	const operator = /^(\^|\*\*)/.exec(reader.expr.slice(reader.index))?.[0];
	if (operator === undefined) return base;
	reader.index += operator.length;
	return { type: 'BinaryExpression', operator, left: base, right: signed(reader) };
}

/**
 * The syntax tree of a text: numbers, names, + − * / ^, brackets and calls; whoever walks it refuses the
 * rest. Throws ExpressionError.
 */
export function parseTree(text: string): Node {
	if (text === '') throw new ExpressionError('is empty');
	if (text.length > longest)
		throw new ExpressionError(`is longer than ${longest} characters; this one has ${text.length}`);
	const odd = /[^\w\s.+\-*/^(),]/u.exec(text);
	if (odd) throw new ExpressionError(`may not contain “${odd[0]}”, at character ${odd.index + 1}`);
	try {
		return jsep(text);
	} catch (error) {
		const { description = 'unreadable', index = 0 } = error as Partial<ParseError>;
		throw new ExpressionError(
			`does not parse at character ${index + 1}: ${inOurWords(description)}`,
		);
	}
}

interface ParseError {
	readonly description: string;
	readonly index: number;
}

function inOurWords(description: string): string {
	if (description.startsWith('Variable names'))
		return 'a name follows a number, write * between them';
	if (description === 'Unclosed (' || description === 'Expected )')
		return 'a bracket is not closed';
	return description.charAt(0).toLowerCase() + description.slice(1);
}

export { checkedExpression, tidy } from './check.ts';
export { compileExpression, type Expression } from './compile.ts';
export { drawnHeights, drawnText } from './drawn.ts';
export { ExpressionError, longest as longestExpression } from './parse.ts';
export type { Jet } from './jet.ts';

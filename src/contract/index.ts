export * from './breather.ts';
export * from './claim.ts';
export * from './curve.ts';
export * from './engine.ts';
export {
	compileExpression,
	drawnHeights,
	drawnText,
	tidy,
	type Expression,
	type Jet,
} from './expression/index.ts';
export * from './figure.ts';
export * from './grid.ts';
export * from './knob.ts';
export * from './ledger.ts';
export * from './lesson.ts';
export * from './live.ts';
export * from './nearest.ts';
export * from './question.ts';
export * from './report.ts';
export * from './show.ts';
export * from './verdict.ts';

import { readProgram } from './compile.ts';
import { startWasm } from './device.ts';

/** For plain Node: compiles the programs first if its source has changed. */
export const start = () =>
	startWasm(async (program) => WebAssembly.compile(await readProgram(program)));

import { readProgram } from './compile.ts';
import { startWasm } from './device.ts';

/** For plain Node: compiles the program first if its source has changed. */
export const start = () => startWasm(async () => WebAssembly.compile(await readProgram('train')));

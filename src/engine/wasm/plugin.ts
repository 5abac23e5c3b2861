import type { Plugin } from 'vite';
import { compilePrograms } from './compile.ts';

/** Sees to it that the compiled programs are there before anything is served, bundled or tested. */
export function wasm(): Plugin {
	return { name: 'wasm', buildStart: () => compilePrograms() };
}

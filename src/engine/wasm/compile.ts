import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What is compiled from `assembly/`: train64 is train with `float` another type. */
export const programs = ['train', 'train64', 'eigen'] as const;
export type Program = (typeof programs)[number];

const sources = join(import.meta.dirname, 'assembly');
const target = join(import.meta.dirname, 'build');

/** Not -O3, which folds the copies of a loop, one per activation, into one that asks which at each turn. */
const options = ['-O2', '--converge', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];

let compiled: Promise<void> | undefined;

/** Compiles the AssemblyScript sources, unless what was built last is of the same text. */
export function compilePrograms(): Promise<void> {
	return (compiled ??= compileIfStale());
}

/** The compiled program; for Node. */
export async function readProgram(program: Program): Promise<Uint8Array<ArrayBuffer>> {
	await compilePrograms();
	return new Uint8Array(await readFile(join(target, `${program}.wasm`)));
}

async function compileIfStale(): Promise<void> {
	const fingerprint = await fingerprintOf();
	const mark = join(target, 'fingerprint');
	const last = await readFile(mark, 'utf8').catch(() => null);
	if (last === fingerprint) return;
	await mkdir(target, { recursive: true });
	for (const program of programs) await compile(program);
	const draft = draftOf('fingerprint');
	await writeFile(draft, fingerprint);
	await rename(draft, mark);
}

/** Of everything the result depends on. */
async function fingerprintOf(): Promise<string> {
	const hash = createHash('sha256').update(options.join(' '));
	const root = join(import.meta.dirname, '../../../package.json');
	const { devDependencies } = JSON.parse(await readFile(root, 'utf8')) as {
		devDependencies: Record<string, string>;
	};
	hash.update(devDependencies.assemblyscript ?? '').update(programs.join(' '));
	for (const file of (await readdir(sources)).sort()) {
		if (file.endsWith('.ts')) hash.update(file).update(await readFile(join(sources, file)));
	}
	return hash.digest('hex');
}

async function compile(program: Program): Promise<void> {
	const { default: asc } = await import('assemblyscript/asc');
	const draft = draftOf(`${program}.wasm`);
	const entry = `${program.replace('64', '')}.ts`;
	const inputs = [entry, '--baseDir', sources, '--outFile', draft, '--use', 'abort='];
	const { error, stderr } = await asc.main([...inputs, ...options], {
		async readFile(name, folder) {
			const text = await readFile(join(folder, name), 'utf8').catch(() => null);
			const isWide = program === 'train64' && name === 'float.ts';
			return isWide ? (text?.replace('= f32', '= f64') ?? null) : text;
		},
	});
	if (error) throw new Error(`${program} does not compile: ${stderr.toString()}`);
	await rename(draft, join(target, `${program}.wasm`));
}

/**
 * A name of its own, renamed when complete, so that nobody ever reads half a file: Vitest loads this
 * module once per project, and several may compile at the same time.
 */
function draftOf(name: string): string {
	return join(target, `${name}.${randomUUID()}`);
}

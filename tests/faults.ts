/**
 * `npm run faults [-- name …]`: breaks the code on purpose, one place at a time, and checks that a test
 * turns red that names the cause. A fault that nothing notices is a test that cannot fail.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { table } from '../src/cli/table.ts';
import { faults, type Fault } from './faultList.ts';

const asked = process.argv.slice(2);
const rows = faults
	.filter(({ name }) => asked.length === 0 || asked.some((word) => name.includes(word)))
	.map((fault) => [fault.name, fault.file, tryOut(fault)]);
process.stdout.write(`${table(['fault', 'in', 'result'], rows)}\n`);
if (rows.some(([, , result]) => result !== 'red, by name')) process.exitCode = 1;

function tryOut({ name, file, find, put, check, says }: Fault): string {
	const sound = readFileSync(file, 'utf8');
	if (!sound.includes(find)) return `nowhere: “${find}” is not in the file`;
	process.stderr.write(`${name} … `);
	try {
		writeFileSync(file, sound.replace(find, put));
		const { status, stdout, stderr } = spawnSync('npx', check, { encoding: 'utf8' });
		const red = says.test(stdout + stderr) ? 'red, by name' : 'red, without naming the cause';
		const result = status === 0 ? 'GREEN: nothing noticed' : red;
		process.stderr.write(`${result}\n`);
		return result;
	} finally {
		writeFileSync(file, sound);
	}
}

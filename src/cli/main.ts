import { UsageError } from './usageError.ts';

/**
 * Runs a command: Ctrl-C aborts the signal, a usage error prints its sentence and exits with 2,
 * anything else that goes wrong prints one sentence and exits with 1.
 */
export async function main(command: (signal: AbortSignal) => Promise<void>): Promise<void> {
	const abort = new AbortController();
	process.once('SIGINT', () => abort.abort());
	try {
		await command(abort.signal);
	} catch (error) {
		if (abort.signal.aborted) {
			process.stderr.write('Stopped.\n');
			process.exitCode = 130;
			return;
		}
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exitCode = error instanceof UsageError ? 2 : 1;
	}
}

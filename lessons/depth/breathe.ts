/**
 * Lets a long computation be stopped: call it between short pieces of work. Every 20 ms it gives way to
 * whatever waits, and throws AbortError once `signal` has fired.
 */
export function breather(signal: AbortSignal): () => Promise<void> {
	let since = performance.now();
	return async () => {
		if (performance.now() - since < 20) return;
		await new Promise((resume) => setTimeout(resume));
		signal.throwIfAborted();
		since = performance.now();
	};
}

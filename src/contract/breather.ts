/** Milliseconds of plain computing after which others are let in. */
const most = 20;

/**
 * Lets a long computation that never waits for a lane be stopped and paused: await what this returns
 * between short pieces of work. Once 20 ms have passed since the last turn of the event loop it gives way
 * to whatever waits there; it rejects with AbortError once `signal` has fired.
 */
export function breather(signal: AbortSignal): () => Promise<void> {
	let since = performance.now();
	return async () => {
		signal.throwIfAborted();
		if (performance.now() - since < most) return;
		await new Promise((resume) => setTimeout(resume));
		signal.throwIfAborted();
		since = performance.now();
	};
}

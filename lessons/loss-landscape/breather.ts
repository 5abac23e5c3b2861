/** Milliseconds of plain computing after which others are let in: the stop button, and the next frame. */
const most = 25;

/** For loops that train without the lab: to be awaited between steps. Throws once `signal` has aborted. */
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

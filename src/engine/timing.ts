/** Lets other tasks (messages, timers) run first; unlike setTimeout it is not clamped to 4 ms. */
export const nextTask: () => Promise<void> =
	typeof setImmediate === 'function'
		? () => new Promise((resolve) => setImmediate(resolve))
		: tasksByMessage();

function tasksByMessage(): () => Promise<void> {
	const { port1, port2 } = new MessageChannel();
	const waiting: (() => void)[] = [];
	port1.onmessage = () => waiting.shift()?.();
	return () =>
		new Promise((resolve) => {
			waiting.push(resolve);
			port2.postMessage(null);
		});
}

export function sleep(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

/** How long a device may leave us waiting, in milliseconds; compiling shaders in software takes seconds. */
export const patience = 15_000;

/** The promise, or a rejection with `sentence` once it has taken longer than `ms`. */
export async function within<T>(promise: Promise<T>, sentence: string, ms = patience): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(sentence)), ms);
	});
	try {
		return await Promise.race([promise, late]);
	} finally {
		clearTimeout(timer);
	}
}

import { forgetRefused } from './kept.ts';

/** Empties everything the browser keeps for this site; resolves with what it would not let go, by name. */
export async function forgetEverything(): Promise<string[]> {
	const left: string[] = [];
	const attempt = async (what: string, empty: () => unknown) => {
		try {
			await empty();
		} catch {
			left.push(what);
		}
	};
	// First the worker that would fill the caches again.
	await attempt('the service worker', async () => {
		const workers = await navigator.serviceWorker.getRegistrations();
		await Promise.all(workers.map((worker) => worker.unregister()));
	});
	await attempt('caches', async () => {
		const names = await caches.keys();
		await Promise.all(names.map((name) => caches.delete(name)));
	});
	await attempt('databases', async () => {
		const databases = await indexedDB.databases();
		await Promise.all(databases.map(({ name }) => deleted(name ?? '')));
	});
	await attempt('session storage', () => sessionStorage.clear());
	await attempt('local storage', () => localStorage.clear());
	forgetRefused();
	return left;
}

function deleted(name: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.deleteDatabase(name);
		request.onsuccess = () => resolve();
		request.onerror = request.onblocked = () => reject(new Error(`${name} is in use`));
	});
}

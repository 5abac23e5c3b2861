/// <reference lib="webworker" />
/**
 * Makes the site readable offline after one visit: all pages with the scripts, styles and fonts that
 * they load first. The plotting and training chunks are kept once a figure has asked for them.
 */
import { base, build, files, prerendered, version } from '$service-worker';

const worker = self as unknown as ServiceWorkerGlobalScope;
const cacheName = `lemma-lab-${version}`;
const shell = [
	...build.filter((file) => /\.(css|woff2)$/.test(file)),
	...files.filter((file) => !file.endsWith('.nojekyll')),
];

worker.addEventListener('install', (event) => event.waitUntil(install()));

async function install(): Promise<void> {
	const cache = await caches.open(cacheName);
	const scripts = new Set<string>();
	for (const page of prerendered) {
		const response = await fetch(page);
		await cache.put(page, response.clone());
		if (!page.endsWith('/')) continue;
		const preloads = (await response.text()).matchAll(/href="([^"]+\.js)"/g);
		for (const [, href = ''] of preloads)
			scripts.add(new URL(href, new URL(page, location.href)).href);
	}
	await cache.addAll([...shell, ...scripts]);
}

worker.addEventListener('activate', (event) => {
	const old = (names: string[]) => names.filter((name) => name !== cacheName);
	event.waitUntil(
		caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))),
	);
});

worker.addEventListener('fetch', (event) => {
	const url = new URL(event.request.url);
	if (event.request.method !== 'GET' || url.origin !== location.origin) return;
	const lasting = url.pathname.startsWith(`${base}/_app/immutable/`);
	event.respondWith(lasting ? cacheFirst(event.request) : networkFirst(event.request));
});

async function cacheFirst(request: Request): Promise<Response> {
	return (await caches.match(request)) ?? keep(request);
}

async function networkFirst(request: Request): Promise<Response> {
	try {
		return await keep(request);
	} catch (error) {
		const kept = await caches.match(request, { ignoreSearch: true });
		if (kept) return kept;
		throw error;
	}
}

async function keep(request: Request): Promise<Response> {
	const response = await fetch(request);
	if (response.ok) {
		const copy = response.clone();
		await caches.open(cacheName).then((cache) => cache.put(request, copy));
	}
	return response;
}

import { createClient } from '#engine/client.ts';
import type { LabClient } from '#engine/protocol.ts';

let client: LabClient | null = null;

/** The page's engine, one for all its figures; its workers start when first asked for something. */
export function lab(): LabClient {
	client ??= createClient(
		() => new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module' }),
	);
	return client;
}

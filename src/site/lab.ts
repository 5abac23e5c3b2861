import { createClient } from '#engine/client.ts';
import type { LabClient } from '#engine/protocol.ts';
import { keepText, keptText } from '#ui/kept.ts';

let client: LabClient | null = null;

/** What trials of the lanes have decided on this device. A change of the kernels asks for a new number. */
const key = 'lanes-1';
const memory = {
	read: () => keptText(key),
	write: (text: string) => void keepText(key, text),
};

/** The page's engine, one for all its figures; its workers start when first asked for something. */
export function lab(): LabClient {
	client ??= createClient(
		() => new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module' }),
		memory,
	);
	return client;
}

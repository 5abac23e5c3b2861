import { createClient } from '#engine/client.ts';

/** The page's engine; its workers start when first asked for something. */
export const lab = createClient(
	() => new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module' }),
);

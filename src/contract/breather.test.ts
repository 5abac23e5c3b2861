import { expect, test } from 'vitest';
import { breather } from './breather.ts';

test('a computation without end hears a stop', async () => {
	const stop = new AbortController();
	const breathe = breather(stop.signal);
	setTimeout(() => stop.abort());
	const endless = (async () => {
		for (;;) await breathe();
	})();
	await expect(endless).rejects.toThrow(/abort/i);
});

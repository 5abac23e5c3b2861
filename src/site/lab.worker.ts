import type { Figure } from '#contract';
import { browserLanes } from '#engine/browser.ts';
import { serve } from '#engine/host.ts';

const figures = import.meta.glob<Figure>(
	['/lessons/*/figures/*.ts', '!**/*.test.ts', '!**/*.browser.ts'],
	{ import: 'default' },
);
serve(
	self,
	({ lesson, figure }) => figures[`/lessons/${lesson}/figures/${figure}.ts`]?.(),
	browserLanes(),
	navigator.hardwareConcurrency,
);

import { base } from '$app/paths';
import type { WholeNotation } from '#site/notation.ts';

export const load = async ({ fetch }) =>
	(await (await fetch(`${base}/notation.json`)).json()) as WholeNotation;

import { base } from '$app/paths';
import { error } from '@sveltejs/kit';
import { tracks } from 'virtual:tracks';
import type { Track } from '#build/types.ts';

export const load = async ({ params, fetch }) => {
	if (!tracks.some(({ slug }) => slug === params.track)) error(404);
	const response = await fetch(`${base}/tracks/${params.track}/track.json`);
	return { track: (await response.json()) as Track };
};

export const entries = () => tracks.map(({ slug }) => ({ track: slug }));

import { error, json } from '@sveltejs/kit';
import { tracks } from 'virtual:tracks';

/** One syllabus with its papers, for the page that shows it. */
export const GET = ({ params }) => {
	const track = tracks.find(({ slug }) => slug === params.track);
	if (!track) error(404);
	return json(track);
};

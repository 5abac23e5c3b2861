/** Tracks as ways through the lessons, and the lessons that are planned for them. */
import type { Part } from '#contract';
import { keepText, keptText } from '#ui/kept.ts';
import { tracks } from 'virtual:tracks';
import { lessons } from './catalogue.ts';

/** A course as a way through the lessons. */
export interface Way {
	readonly id: string;
	readonly title: string;
	readonly where: string;
	/** Lessons in the order of the sessions, each once, whether they stand or not. */
	readonly sessions: readonly string[];
}

export const ways: readonly Way[] = tracks.map(({ slug, title, place, term, sessions }) => ({
	id: slug,
	title,
	where: `${place}, ${term}`,
	sessions: [...new Set(sessions.flatMap((session) => session.lessons))],
}));

/** Lessons the tracks ask for; those that stand are known by their own card. */
const planned: Readonly<Record<string, readonly [title: string, part: Part]>> = {
	'maths-checklist': ['A checklist of mathematics', 'Foundations'],
	erm: ['Empirical risk minimisation', 'Foundations'],
	architectures: ['Architectures', 'Foundations'],
	approximation: ['Approximation by one layer', 'Approximation'],
	'curse-of-dimensionality': ['The curse of dimensionality', 'Approximation'],
	depth: ['What depth does', 'Approximation'],
	memorization: ['Memorisation', 'Approximation'],
	initialization: ['Initialisation', 'Optimisation'],
	'deep-linear': ['Deep linear networks', 'Optimisation'],
	'loss-landscape': ['Loss landscapes', 'Optimisation'],
	'sgd-interpolation': ['Stochastic gradients and interpolation', 'Optimisation'],
	'long-steps': ['Gradient descent with long steps', 'Optimisation'],
	resnets: ['Residual networks', 'Optimisation'],
	'rnn-sgd': ['Recurrent networks', 'Optimisation'],
	ntk: ['The tangent kernel', 'The lazy regime'],
	'random-features': ['Random features', 'The lazy regime'],
	'vc-dimension': ['The VC dimension', 'Generalisation'],
	'margin-bounds': ['Margin bounds', 'Generalisation'],
	'double-descent': ['Double descent', 'Generalisation'],
	'implicit-bias': ['Implicit bias', 'Generalisation'],
	hardness: ['Hardness of learning', 'Generalisation'],
	distillation: ['Distillation', 'Generalisation'],
	'adversarial-training': ['Adversarial training', 'Robustness'],
	'adversarial-minimax': ['Adversarial minimax', 'Robustness'],
	equivariance: ['Equivariance', 'Geometry and science'],
	'diffusion-speciation': ['Diffusion models', 'Geometry and science'],
	pinn: ['Physics-informed networks', 'Geometry and science'],
	'inverse-problems': ['Inverse problems', 'Geometry and science'],
};

/** A lesson of the syllabus, whether it stands or not. */
export interface Place {
	readonly slug: string;
	readonly title: string;
	readonly part: Part;
	readonly stands: boolean;
	readonly needs: readonly string[];
}

/** The lesson of this name, standing or planned. */
export function placeOf(slug: string): Place {
	const lesson = lessons.find((other) => other.slug === slug);
	if (lesson) return { ...lesson, stands: true };
	const [title, part] = planned[slug] ?? [slug, 'Foundations'];
	return { slug, title, part, stands: false, needs: [] };
}

/** Every lesson that stands or is planned, those of a part together, the standing ones in their order. */
export function syllabus(): Place[] {
	const slugs = new Set([...lessons.map(({ slug }) => slug), ...Object.keys(planned)]);
	return [...slugs].map(placeOf);
}

/** The neighbours of a lesson on a way through the lessons: those that stand, and what lies between. */
export function neighbours(
	slug: string,
	way: readonly string[],
): { readonly previous: Place | null; readonly next: Place | null; readonly skipped: Place[] } {
	const places = way.map(placeOf);
	const at = places.findIndex((place) => place.slug === slug);
	if (at < 0) return { previous: null, next: null, skipped: [] };
	const after = places.slice(at + 1);
	const next = after.findIndex(({ stands }) => stands);
	return {
		previous: places.slice(0, at).findLast(({ stands }) => stands) ?? null,
		next: after[next] ?? null,
		skipped: next < 0 ? after : after.slice(0, next),
	};
}

const key = 'track';

/** The track the reader has chosen on this device. */
export function chosenTrack(): Way | null {
	const id = keptText(key);
	return ways.find((way) => way.id === id) ?? null;
}

export function chooseTrack(id: string | null): void {
	keepText(key, id);
}

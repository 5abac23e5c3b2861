/** Entries of random matrices and vectors: independent, of mean 0, and of variance 1 where they have one. */
import type { ChoiceKnob, Hypothesis } from '#contract';
import type { Random } from '#theory/random.ts';

export type Entries = 'normal' | 'signs' | 'student' | 'cauchy';

export const entriesKnob: ChoiceKnob = {
	kind: 'choice',
	label: 'entries',
	options: {
		normal: 'standard normal',
		signs: 'signs ±1',
		student: 'Student, 3 degrees of freedom',
		cauchy: 'Cauchy',
	},
	default: 'normal',
};

/** Draws one entry: Student’s has a variance and no fourth moment, Cauchy’s has not even a mean. */
export function drawEntry(entries: string, { normal, uniform }: Random): number {
	switch (entries as Entries) {
		case 'normal':
			return normal();
		case 'signs':
			return uniform() < 0.5 ? -1 : 1;
		case 'student':
			return normal() / Math.hypot(normal(), normal(), normal());
		case 'cauchy':
			return Math.tan(Math.PI * (uniform() - 0.5));
	}
}

type With = { entries: string };

export const finiteVariance: Hypothesis<With> = {
	id: 'variance',
	text: 'the entries have a finite variance',
	broken: ({ params }) => (params.entries === 'cauchy' ? 'Cauchy’s law has none' : null),
};

export const fourMoments: Hypothesis<With> = {
	id: 'moments',
	text: 'the entries have a finite fourth moment',
	broken: ({ params: { entries } }) =>
		entries === 'student' || entries === 'cauchy'
			? 'under Student’s law with 3 degrees of freedom, and under Cauchy’s, it is infinite'
			: null,
};

export const normalEntries: Hypothesis<With> = {
	id: 'normal',
	text: 'the entries are normal',
	broken: ({ params: { entries } }) =>
		entries === 'normal' ? null : 'the mean of an inverse Wishart matrix is a Gaussian computation',
};

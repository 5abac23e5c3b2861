/** Numbered environments and what they are called on the page. */
export const environments = {
	theorem: 'Theorem',
	lemma: 'Lemma',
	proposition: 'Proposition',
	corollary: 'Corollary',
	definition: 'Definition',
	remark: 'Remark',
	example: 'Example',
} as const;
export type Environment = keyof typeof environments;

export function isEnvironment(name: string): name is Environment {
	return Object.hasOwn(environments, name);
}

/** Every directive of the language, by the number of colons it is written with. */
export const directives = {
	container: [...Object.keys(environments), 'proof', 'step', 'note', 'question'],
	leaf: ['figure', 'checklist'],
} as const;

import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const randomness = {
	object: 'Math',
	property: 'random',
	message: 'Draw from #theory/random.ts with the seed of the run: same run, same frames.',
};

export default ts.config(
	// AssemblyScript shares TypeScript's grammar but not its types; its own compiler checks it.
	{ ignores: ['build/', '.svelte-kit/', 'node_modules/', 'src/engine/wasm/{assembly,build}/'] },
	js.configs.recommended,
	ts.configs.strict,
	ts.configs.stylistic,
	svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-console': 'error',
			'no-restricted-properties': ['error', randomness],
			// Type checking finds undefined names, those of Svelte's runes and of workers included.
			'no-undef': 'off',
			// A type alias fits Record<string, …>, an interface does not: knobs need the alias.
			'@typescript-eslint/consistent-type-definitions': 'off',
			// noUncheckedIndexedAccess asks for one at every array access of a numeric loop.
			'@typescript-eslint/no-non-null-assertion': 'off',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
			// Addresses are built on `base` or on the page's own.
			'svelte/no-navigation-without-resolve': 'off',
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser } },
		rules: {
			// The HTML comes from our own build, never from a reader.
			'svelte/no-at-html-tags': 'off',
		},
	},
	{ files: ['src/cli/**', 'bench/**', 'lessons/*/home/**'], rules: { 'no-console': 'off' } },
);

/** Who may know whom: arrows point down only. `npm test` enforces it. */
const layers = {
	theory: [],
	contract: [],
	plot: ['contract'],
	engine: ['theory', 'contract'],
	ui: ['plot', 'engine', 'contract'],
	// Of the build, the site and its routes see the shape of a compiled lesson.
	site: ['ui', 'plot', 'engine', 'contract', 'build/types.ts'],
	routes: ['site', 'ui', 'plot', 'engine', 'contract', 'styles', 'build/types.ts'],
	build: ['contract'],
};

/** Packages of a layer's own: the only place they may be imported. */
const owners = [
	{ name: 'tfjs-stays-in-the-engine', packages: '@tensorflow/', home: '^src/engine/' },
	{ name: 'plot-stays-in-plot', packages: '(@observablehq/plot|d3)', home: '^src/plot/' },
	// A pure parser of expressions: knobs that readers type are read in the page, the worker and Node alike.
	{ name: 'jsep-stays-in-the-contract', packages: 'jsep', home: '^src/contract/expression/' },
	{ name: 'mathjax-stays-in-the-build', packages: 'mathjax-full', home: '^src/build/' },
];

const layerRules = Object.entries(layers).map(([layer, below]) => ({
	name: `${layer}-knows-only-${below.join('-').replace('/', '-') || 'itself'}`,
	severity: 'error',
	from: { path: `^src/${layer}/`, pathNot: '\\.(test|browser)\\.ts$' },
	to: { path: '^(src|lessons)/', pathNot: [layer, ...below].map((name) => `^src/${name}(/|$)`) },
}));

export default {
	forbidden: [
		...layerRules,
		{
			// ml-matrix is the one pure numeric package: eigenvalues of dense symmetric matrices.
			name: 'theory-needs-no-package',
			severity: 'error',
			from: { path: '^src/theory/', pathNot: '\\.test\\.ts$' },
			to: { path: 'node_modules/', pathNot: 'node_modules/ml-matrix/' },
		},
		{
			name: 'theory-needs-no-node',
			severity: 'error',
			from: { path: '^src/theory/', pathNot: '\\.test\\.ts$' },
			to: { dependencyTypes: ['core'] },
		},
		{
			name: 'lesson-knows-no-site',
			severity: 'error',
			from: { path: '^lessons/' },
			to: { path: '^src/(site|routes|build|cli)/' },
		},
		{
			name: 'lesson-knows-no-neighbour',
			severity: 'error',
			from: { path: '^lessons/([^/]+)/' },
			to: { path: '^lessons/', pathNot: '^lessons/$1/' },
		},
		{
			name: 'a-prediction-sees-no-engine',
			severity: 'error',
			// Views and tests apart: what a prediction is made of, wherever a lesson keeps it.
			from: { path: '^lessons/[^/]+/.*\\.ts$', pathNot: '\\.(test|browser)\\.ts$' },
			to: { path: '^src/', pathNot: '^src/(theory|contract)/' },
		},
		...owners.map(({ name, packages, home }) => ({
			name,
			severity: 'error',
			from: { pathNot: [home, '^tests/', '^bench/'] },
			to: { path: `node_modules/${packages}` },
		})),
		{
			name: 'no-cycles',
			severity: 'error',
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
		},
		{
			name: 'everything-resolves',
			severity: 'error',
			from: {},
			to: {
				couldNotResolve: true,
				pathNot: '^(\\$app|\\$service-worker|virtual:|mdast$|hast$|unist$)',
			},
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^src/engine/wasm/(assembly|build)/' },
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['svelte', 'browser', 'import', 'types', 'default'],
			extensions: ['.ts', '.js', '.mjs', '.svelte', '.json'],
		},
	},
};

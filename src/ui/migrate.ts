import { shorten, type Figure } from '#contract';

/** The format that links of a figure are written in. */
export function linkFormat({ migrations = [] }: Pick<Figure, 'migrations'>): number {
	return 1 + migrations.length;
}

/** The fields of a link as the figure calls them today, and a sentence where its format is unknown. */
export function migrate(
	query: URLSearchParams,
	figure: Pick<Figure, 'migrations'>,
): { query: URLSearchParams; problems: string[] } {
	const current = linkFormat(figure);
	const text = query.get('format') ?? '1';
	const format = /^[1-9]\d{0,3}$/.test(text) ? Number(text) : null;
	if (format === null || format > current) {
		const what = format === null ? 'is not a format of links' : 'is newer than this page';
		const problem = `format “${shorten(text)}” ${what}, which knows 1 to ${current}; what it knows was read.`;
		return { query, problems: [problem] };
	}
	let fields = [...query];
	for (const migration of (figure.migrations ?? []).slice(format - 1))
		fields = fields.map(([name, value]) => {
			const now = Object.hasOwn(migration, name) ? migration[name] : undefined;
			return now ? [now.to, now.text?.(value) ?? value] : [name, value];
		});
	return { query: new URLSearchParams(fields), problems: [] };
}

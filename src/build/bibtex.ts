import type { Reporter } from './mistakes.ts';

/** A work of the bibliography: its fields as they stand, braces taken off. */
export interface Work {
	readonly key: string;
	readonly kind: string;
	readonly line: number;
	readonly fields: Readonly<Record<string, string>>;
}

const entryStart = /^@(\w+)\{([^,\s]+),\s*$/;
const fieldLine = /^\s+(\w+)\s*=\s*\{(.*)\},?\s*$/;

/**
 * Reads the subset of BibTeX that references.bib is written in: an entry a block, a field a line,
 * values in braces, accents as letters.
 */
export function readBibliography(source: string, report: Reporter): Map<string, Work> {
	const works = new Map<string, Work>();
	let fields: Record<string, string> | undefined;
	for (const [i, text] of source.split('\n').entries()) {
		const line = i + 1;
		const start = entryStart.exec(text);
		const field = fieldLine.exec(text);
		if (start) {
			const [, kind = '', key = ''] = start;
			if (fields) report.at(line, `The entry before “${key}” lacks its closing “}”.`);
			if (works.has(key)) report.at(line, `The key “${key}” is taken twice.`);
			fields = {};
			works.set(key, { key, kind: kind.toLowerCase(), line, fields });
		} else if (field && fields) {
			const [, name = '', value = ''] = field;
			if (value.includes('\\')) report.at(line, 'Accents are written as letters: ö, not \\"o.');
			fields[name.toLowerCase()] = value.replaceAll(/[{}]/g, '').trim();
		} else if (text.trim() === '}') fields = undefined;
		else if (text.trim() !== '' && !text.startsWith('%'))
			report.at(line, 'Expected “@kind{key,”, a field on one line “name = {value},” or “}”.');
	}
	for (const { key, line, fields } of works.values())
		for (const needed of ['author', 'title', 'year'])
			if (!fields[needed]) report.at(line, `“${key}” has no ${needed}.`);
	return works;
}

/** Names as "family, given", in order. */
export function authorsOf(work: Work): { family: string; given: string }[] {
	return (work.fields.author ?? '').split(/\s+and\s+/).map((name) => {
		const [family = '', given] = name.trim().split(/\s*,\s*/);
		if (given !== undefined) return { family, given };
		const [, first = '', last = family] = /^(.*)\s(\S+)$/.exec(family) ?? [];
		return { family: last, given: first };
	});
}

/** Where to read the work: its DOI, its arXiv page, or its address. */
export function addressOf({ fields }: Work): { href: string; label: string } | undefined {
	if (fields.doi) return { href: `https://doi.org/${fields.doi}`, label: `doi:${fields.doi}` };
	if (fields.eprint)
		return { href: `https://arxiv.org/abs/${fields.eprint}`, label: `arXiv:${fields.eprint}` };
	if (fields.url) return { href: fields.url, label: new URL(fields.url).hostname };
	return undefined;
}

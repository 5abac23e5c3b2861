import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folders whose words reach the page. */
const folders = [
	'lessons',
	'src/ui',
	'src/site',
	'src/plot',
	'src/contract',
	'src/routes',
	'tracks',
];
const wording = /(?<!\.test|\.browser)\.(md|ts|svelte|bib|yaml)$/;

/** Every character the site may set in its text fonts: basic Latin, and what the sources hold. */
export function charactersUsed(root: string): Set<string> {
	const characters = new Set<string>('\u00a0‘’“”–—…−×');
	for (let code = 0x20; code < 0x7f; code++) characters.add(String.fromCodePoint(code));
	for (const folder of folders)
		for (const file of filesBelow(join(root, folder)))
			for (const character of readFileSync(file, 'utf8'))
				if (character >= '\u00a0') characters.add(character);
	return characters;
}

function filesBelow(folder: string): string[] {
	try {
		return readdirSync(folder, { recursive: true, encoding: 'utf8' })
			.filter((name) => wording.test(name))
			.map((name) => join(folder, name));
	} catch {
		return [];
	}
}

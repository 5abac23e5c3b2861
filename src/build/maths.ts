import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { styleSheet, typesetter, type Formula, type Macros } from './formula.ts';

/** Raised when the making of formulas changes, so that old cache entries are passed over. */
const version = 2;

/** The formulas of the site: typeset once, remembered in memory and on disk. */
export class Maths {
	readonly #typeset: (tex: string, display: boolean) => Formula;
	readonly #folder: string;
	readonly #macros: string;
	readonly #known = new Map<string, Formula>();

	/** Formulas are kept in `cache`, a folder that may be thrown away at any time. */
	constructor(macros: Macros, cache: string) {
		this.#typeset = typesetter(macros);
		this.#macros = JSON.stringify(macros);
		this.#folder = join(cache, 'maths');
		mkdirSync(this.#folder, { recursive: true });
	}

	/** Typesets; throws MathJax's message when the TeX is wrong. */
	formula(tex: string, display: boolean): Formula {
		const key = digest(`${version} ${display} ${this.#macros} ${tex}`);
		const known = this.#known.get(key) ?? this.#onDisk(key) ?? this.#fresh(key, tex, display);
		this.#known.set(key, known);
		return known;
	}

	/** The style sheet for every formula asked for so far; see mathsFonts.ts for its fonts. */
	styleSheet(): string {
		return styleSheet([...this.#known.values()].map(({ glyphs }) => glyphs));
	}

	#onDisk(key: string): Formula | undefined {
		try {
			return JSON.parse(readFileSync(this.#file(key), 'utf8')) as Formula;
		} catch {
			return undefined;
		}
	}

	#fresh(key: string, tex: string, display: boolean): Formula {
		const formula = this.#typeset(tex, display);
		writeFileSync(this.#file(key), JSON.stringify(formula));
		return formula;
	}

	#file(key: string): string {
		return join(this.#folder, `${key}.json`);
	}
}

/** A name for content. */
export function digest(content: string | Uint8Array): string {
	return createHash('sha256').update(content).digest('hex').slice(0, 20);
}

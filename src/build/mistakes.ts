/** Something wrong in a lesson: one sentence, and where. */
export interface Mistake {
	/** Relative to the project, as editors and terminals link it. */
	readonly file: string;
	readonly line: number;
	readonly says: string;
}

/** All mistakes found in one go, a line each. */
export class LessonError extends Error {
	override readonly name = 'LessonError';
	readonly mistakes: readonly Mistake[];

	constructor(mistakes: readonly Mistake[]) {
		super(mistakes.map(({ file, line, says }) => `${file}:${line} ${says}`).join('\n'));
		this.mistakes = mistakes;
	}
}

/** Collects the mistakes of one file, so that an author hears of all of them at once. */
export class Reporter {
	readonly mistakes: Mistake[];
	readonly file: string;

	/** Begins with the mistakes found so far. */
	constructor(file: string, sofar: readonly Mistake[] = []) {
		this.file = file;
		this.mistakes = [...sofar];
	}

	at(line: number, says: string): void {
		this.mistakes.push({ file: this.file, line, says });
	}

	/** Throws when anything was reported. */
	settle(): void {
		if (this.mistakes.length === 0) return;
		throw new LessonError(this.mistakes.toSorted((a, b) => a.line - b.line));
	}
}

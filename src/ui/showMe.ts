import type { Component } from 'svelte';
import type { Figure, Recording } from '#contract';
import type { LabClient } from '#engine/protocol.ts';

/** What a figure beside an answer is made of. */
export interface ShowMe {
	readonly lab: () => Promise<LabClient>;
	readonly load: (
		of: string,
	) => Promise<{ figure: Figure; recorded: Recording | null; view: Component | null }>;
	/** TeX of a knob's symbol → its HTML. */
	readonly texHtml: Record<string, string>;
	/** Key of a work → "Jacot et al., 2018". */
	readonly sources: Readonly<Record<string, string>>;
}

import type { Lane } from './engine.ts';
import { formatKnob, type Params } from './knob.ts';
import type { PredictionReport, Report } from './report.ts';
import type { Verdict } from './verdict.ts';

/** docs/claims.json: every claim of the site with what was measured, made by `npm run claims`. */
export interface Ledger {
	readonly date: string;
	readonly versions: Readonly<Record<string, string>>;
	readonly rows: readonly LedgerRow[];
}

export interface LedgerRow {
	readonly lesson: string;
	readonly figure: string;
	readonly prediction: string;
	readonly title: string;
	readonly claim: string;
	readonly because: string;
	/** Where the gap is largest compared with what is allowed; null for a slope. */
	readonly at: number | null;
	readonly predicted: number | null;
	readonly measured: number | null;
	readonly gap: number;
	readonly allowed: number;
	readonly relative: boolean;
	readonly seeds: number;
	readonly seedsInside: number | null;
	readonly backend: Lane;
	readonly seconds: number;
	readonly verdict: Verdict;
}

/** One row per claim of a run. */
export function ledgerRows(report: Report): LedgerRow[] {
	return report.predictions.map((prediction) => {
		const i = prediction.at === null ? -1 : prediction.x.indexOf(prediction.at);
		return {
			lesson: report.lesson,
			figure: report.figure,
			prediction: prediction.id,
			title: prediction.title,
			claim: claimInWords(prediction),
			because: prediction.claim.because,
			at: prediction.at,
			predicted: prediction.predicted[i] ?? null,
			measured: prediction.measured[i] ?? null,
			gap: prediction.gap,
			allowed: prediction.allowed,
			relative: prediction.claim.gap === 'relative' || prediction.claim.kind.endsWith('bound'),
			seeds: report.seeds,
			seedsInside: prediction.seedsInside,
			backend: report.backend,
			seconds: report.seconds,
			verdict: prediction.verdict,
		};
	});
}

/** "equal", "limit of width → ∞". */
function claimInWords({ claim }: PredictionReport): string {
	return claim.of ? `${claim.kind} of ${claim.of}` : claim.kind;
}

/** "m=1024, α=16" for a table: the settings as they stand in a link. */
export function settingsInWords(params: Params): string {
	return Object.entries(params)
		.map(([id, value]) => `${id}=${formatKnob(value)}`)
		.join(', ');
}

/**
 * `npm run claims [-- lesson …]`: holds every claim at its figure's defaults over at least twenty
 * seeds, prints the table, writes docs/claims.json; exits with 3 when one disagrees.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import {
	defaults,
	ledgerRows,
	showNumber,
	showPercent,
	showPlace,
	type Ledger,
	type LedgerRow,
} from '#contract';
import { allFigures } from './lessons.ts';
import { main } from './main.ts';
import { showProgress } from './progress.ts';
import { runFigure } from './runFigure.ts';
import { table } from './table.ts';

const file = 'docs/claims.json';
const fewestSeeds = 20;

await main(async (signal) => {
	const asked = process.argv.slice(2);
	const figures = await allFigures(asked.length > 0 ? asked : undefined);
	const rows: LedgerRow[] = [];
	for (const { lesson, name, figure } of figures) {
		const run = {
			params: defaults(figure.knobs),
			seed: 0,
			seeds: Math.max(figure.seeds, fewestSeeds),
		};
		const onProgress = showProgress(`${lesson}/${name}`);
		const address = { lesson, figure: name };
		const { report } = await runFigure(address, figure, run, 'wasm', { signal, onProgress });
		rows.push(...ledgerRows(report));
		onProgress(1);
	}
	process.stdout.write(`${asTable(rows)}\n`);

	const kept =
		asked.length > 0 ? readLedger().rows.filter((row) => !asked.includes(row.lesson)) : [];
	const ledger: Ledger = {
		date: new Date().toISOString(),
		versions: versions(),
		rows: [...kept, ...rows].sort((a, b) => (place(a) < place(b) ? -1 : 1)),
	};
	writeFileSync(file, `${JSON.stringify(ledger, null, '\t')}\n`);
	const agreeing = rows.filter((row) => row.verdict === 'agrees');
	process.stdout.write(`${agreeing.length} of ${rows.length} claims agree; ${file} written.\n`);
	if (rows.some((row) => row.verdict === 'disagrees')) process.exitCode = 3;
});

function asTable(rows: readonly LedgerRow[]): string {
	const headings = [
		'claim',
		'kind',
		'at',
		'predicted',
		'measured',
		'gap',
		'allowed',
		'seeds inside',
		'verdict',
	];
	const cells = rows.map((row) => {
		const size = row.relative ? showPercent : showNumber;
		const orDash = (value: number | null) => (value === null ? '–' : showNumber(value));
		return [
			`${row.lesson}/${row.figure} ${row.prediction}`,
			row.claim,
			row.at === null ? '–' : showPlace(row.at),
			orDash(row.predicted),
			orDash(row.measured),
			size(row.gap),
			size(row.allowed),
			`${row.seedsInside ?? '–'} of ${row.seeds}`,
			row.verdict,
		];
	});
	return table(headings, cells);
}

function place(row: LedgerRow): string {
	return `${row.lesson}/${row.figure}`;
}

function readLedger(): Ledger {
	return JSON.parse(readFileSync(file, 'utf8')) as Ledger;
}

function versions(): Record<string, string> {
	const { version, dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
		version: string;
		dependencies: Record<string, string>;
	};
	return {
		'Lemma Lab': version,
		tfjs: dependencies['@tensorflow/tfjs-core'] ?? '',
		Node: process.versions.node,
	};
}

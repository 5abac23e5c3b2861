/** All records of a device as one file, and back. */
import { isObject } from './shape.ts';
import {
	checkRecord,
	isRecordId,
	keepRecord,
	recordKinds,
	recordOf,
	recordsOf,
	recordVersion,
	type RecordKind,
	type Records,
} from './records.ts';

/** What stands first in a file, so that it is known again. */
const format = 'lemma-lab records';
/** Bytes a file may have: records of all lessons need some hundred kilobytes. */
export const largestFile = 5_000_000;

type Entry = { [K in RecordKind]: readonly [K, string, Records[K]] }[RecordKind];
export type Imported = { readonly count: number } | { readonly problem: string };

/** The file's text. */
export function exportRecords(): string {
	const records = recordKinds.map((kind) => [kind, Object.fromEntries(recordsOf(kind))]);
	const file = { format, version: recordVersion, records: Object.fromEntries(records) };
	return JSON.stringify(file, null, '\t');
}

/**
 * Takes the records of a file on, over those of the same name here. One sentence where the file is not
 * whole, not ours, or too new: then everything here stays as it was.
 */
export async function importRecords(file: Blob): Promise<Imported> {
	if (file.size > largestFile)
		return { problem: `The file has ${megabytes(file.size)} MB; records have at most 5 MB.` };
	const read = readRecords(await file.arrayBuffer());
	if ('problem' in read) return read;
	const before: Entry[] = read.entries.map(
		([kind, id]) => [kind, id, recordOf(kind, id)] as unknown as Entry,
	);
	const isKept = read.entries.every(keep);
	if (isKept) return { count: read.entries.length };
	before.forEach(keep);
	return {
		problem: 'This browser has no room for the file’s records; those here are as they were.',
	};
}

function readRecords(bytes: ArrayBuffer): { entries: Entry[] } | { problem: string } {
	let data: unknown;
	try {
		data = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		return { problem: 'The file cannot be read: it is cut off, or is no file of records.' };
	}
	if (!isObject(data) || data.format !== format)
		return {
			problem: 'The file is no file of records; one begins with {"format": "lemma-lab records"}.',
		};
	if (data.version !== recordVersion)
		return {
			problem:
				typeof data.version === 'number' && data.version > recordVersion
					? `The file has version ${data.version}, made by a later site; this one reads ${recordVersion}.`
					: `The file says no version that this site knows; it reads ${recordVersion}.`,
		};
	if (!isObject(data.records)) return { problem: 'The file holds no records.' };
	const entries: Entry[] = [];
	for (const [kind, records] of Object.entries(data.records)) {
		const known = recordKinds.find((name) => name === kind);
		if (!known || !isObject(records))
			return {
				problem: `The file holds records of a kind not known here: “${kind.slice(0, 24)}”.`,
			};
		for (const [id, value] of Object.entries(records)) {
			const record = isRecordId(id) ? checkRecord(known, value) : null;
			if (!record) return { problem: `The file’s ${known} “${id.slice(0, 40)}” is not legal.` };
			entries.push([known, id, record] as unknown as Entry);
		}
	}
	return { entries };
}

function keep([kind, id, value]: Entry): boolean {
	return keepRecord(kind, id, value);
}

function megabytes(bytes: number): string {
	return (bytes / 1e6).toFixed(1);
}

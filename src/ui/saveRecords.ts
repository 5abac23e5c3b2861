import { download } from './download.ts';
import { exportRecords } from './recordsFile.ts';

/** All records as one file of the reader's. */
export function saveRecords(): void {
	download('lemma-lab-records.json', new Blob([exportRecords()], { type: 'application/json' }));
}

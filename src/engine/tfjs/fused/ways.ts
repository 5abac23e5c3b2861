import type { Job } from '#contract';
import { layersOf } from '../../kernel.ts';
import { deepWay } from './deepWay.ts';
import type { Gpu } from './gpu.ts';
import { manyWay } from './manyWay.ts';
import { narrowWay } from './narrowWay.ts';
import type { Way } from './way.ts';

/** What a way depends on besides the job. */
export interface Graphics {
	readonly gpu: Gpu;
	/** Fragments the device can work on at once: hundreds on a GPU, a few in software. */
	readonly fragmentsAtOnce: number;
}

/**
 * Wall time per step of the operations of tfjs over ours, two layers drawn in software: 1.6 for twenty
 * to a hundred coordinates, 0.9 to 1.7 for two hundred, 0.7 to 0.9 for eight hundred. There the products
 * are all that counts, and tfjs tiles them in both directions.
 */
const mostCoordinates = 128;

/** How our own programs are to train a job; null where the operations of tfjs are. */
export function wayFor(job: Job, { gpu, fragmentsAtOnce }: Graphics): Way | null {
	if (layersOf(job)[0]!.in > mostCoordinates) return null;
	return (
		manyWay(job, gpu) ?? narrowWay(job, gpu, fragmentsAtOnce) ?? deepWay(job, gpu, fragmentsAtOnce)
	);
}

import { LaneError, type Device } from '../kernel.ts';
import { Crew, isShared } from './crew/crew.ts';
import type { HandPort } from './crew/messages.ts';
import { WasmKernel, type TrainProgram } from './kernel.ts';

/** The compiled programs, by the names of their files. */
export type TrainProgramName = 'train' | 'train64';

/** How large jobs of many replicas are shared out. */
export interface Hiring {
	/** Workers beside this one, at least two. */
	readonly hands: number;
	/** Starts one; `lost` is to be called once it is gone. */
	hire(lost: () => void): HandPort;
}

/** A module of three instructions with a SIMD vector in it; valid only where SIMD is known. */
const simdModule = Uint8Array.of(
	...[0, 97, 115, 109, 1, 0, 0, 0], // magic word, version 1
	...[1, 5, 1, 96, 0, 1, 123], // types: () → v128
	...[3, 2, 1, 0], // functions: one, of that type
	...[10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11], // i32.const 0, i8x16.splat, i8x16.popcnt
);

/**
 * Our own training program, once for float32 and once for float64; `load` fetches either. On one thread,
 * but for large jobs where workers may be hired.
 */
export async function startWasm(
	load: (program: TrainProgramName) => Promise<WebAssembly.Module>,
	hiring?: Hiring,
): Promise<Device> {
	if (typeof WebAssembly === 'undefined')
		throw new LaneError('WASM is not available in this browser');
	if (!WebAssembly.validate(simdModule)) throw new LaneError('WASM has no SIMD in this browser');
	const [narrow, wide] = await Promise.all([load('train'), load('train64')]).catch(() => {
		throw new LaneError('WASM could not be started');
	});
	let crew: Crew | null = null;
	return {
		lane: 'wasm',
		renderer: 'WebAssembly with SIMD',
		sliceMs: 8,
		isLost: () => false,
		kernel(job) {
			const module = job.precision ? wide : narrow;
			// Workers that were lost once, or could not be fetched, are not hired again.
			if (hiring && isShared(job) && !crew?.isLost) {
				crew ??= new Crew(hiring.hands, (lost) => hiring.hire(lost));
				return crew.kernel(job, module);
			}
			const { exports } = new WebAssembly.Instance(module);
			return new WasmKernel(job, exports as unknown as TrainProgram);
		},
	};
}

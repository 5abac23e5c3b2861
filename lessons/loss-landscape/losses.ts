/** The loss at many points of parameter space at once: each point is a replica that does not train. */
import type { Lab } from '#contract';
import type { Samples } from '#theory/meanSquare.ts';
import type { Mlp } from '#theory/mlp.ts';
import { jobOf } from './network.ts';

/** Replicas of one session: what a phone holds, and what leaves room to stop. */
const batch = 512;

/** The loss at each of `thetas`, measured by the lab in float64. */
export async function lossesAt(
	lab: Lab,
	net: Mlp,
	samples: Samples,
	thetas: readonly Float64Array[],
	signal: AbortSignal,
): Promise<number[]> {
	const all: number[] = [];
	for (let from = 0; from < thetas.length; from += batch) {
		signal.throwIfAborted();
		const session = await lab.open(jobOf(net, samples, thetas.slice(from, from + batch)));
		try {
			all.push(...(await session.probe({ kind: 'loss' })));
		} finally {
			session.dispose();
		}
	}
	return all;
}

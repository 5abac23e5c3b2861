import { symmetricEigen, type Eigen } from '#theory/eigen.ts';
import { tangentKernel, type TwoLayer } from '#theory/twoLayer.ts';
import { angles, circle, dynamics, type Dynamics, type Problem } from './theory.ts';

/** The network linearised at its start: the empirical K_0 of `net`, in its own eigenbasis. */
export function linearised(problem: Problem, net: TwoLayer, at: readonly number[] = []): Dynamics {
	return dynamics(problem, startKernel(problem, net), kernelRows(problem, net, at));
}

/** The empirical kernel of `net` between the angles and the training points, shape [angles, n]. */
export function kernelRows(
	{ n, lift }: Pick<Problem, 'n' | 'lift'>,
	net: TwoLayer,
	at: readonly number[],
): Float64Array {
	const x = circle(angles(n), lift);
	return tangentKernel(net, Math.sqrt(2 / net.width), circle(at, lift), x);
}

/** The empirical K_0 of `net` on the training points, decomposed. */
export function startKernel({ n, lift }: Pick<Problem, 'n' | 'lift'>, net: TwoLayer): Eigen {
	const x = circle(angles(n), lift);
	return symmetricEigen(tangentKernel(net, Math.sqrt(2 / net.width), x, x));
}

import { symmetricEigen } from '#theory/eigen.ts';
import { tangentKernel, type TwoLayer } from '#theory/twoLayer.ts';
import { angles, circle, dynamics, type Dynamics, type Problem } from './theory.ts';

/** The network linearised at its start: the empirical K_0 of `net`, in its own eigenbasis. */
export function linearised(problem: Problem, net: TwoLayer, at: readonly number[] = []): Dynamics {
	const x = circle(angles(problem.n), problem.lift);
	const scale = Math.sqrt(2 / net.width);
	const rows = tangentKernel(net, scale, circle(at, problem.lift), x);
	return dynamics(problem, symmetricEigen(tangentKernel(net, scale, x, x)), rows);
}

import type { Layout } from './layout.ts';
import { tensorProgram, type Program } from './program.ts';

/** theta → the inner weights as an ordinary tensor [R, m, d]. */
export function innerWeights({ replicas, m, d, parts }: Layout): Program<'theta'> {
	return tensorProgram(
		['theta'],
		[replicas, m, d],
		`
void main() {
	ivec3 rjk = getOutputCoords();
	vec4 part = at(theta, rjk.y, rjk.x * ${parts} + rjk.z / 4);
	setOutput(part[rjk.z - rjk.z / 4 * 4]);
}`,
	);
}

/** theta → the outer weights as an ordinary tensor [R, 1, m]. */
export function outerWeights({ replicas, m, parts, outerChannel }: Layout): Program<'theta'> {
	return tensorProgram(
		['theta'],
		[replicas, 1, m],
		`
void main() {
	ivec3 r1j = getOutputCoords();
	setOutput(at(theta, r1j.z, r1j.x * ${parts} + ${parts - 1})[${outerChannel}]);
}`,
	);
}

import type { Job, Optimiser } from '#contract';
import { glsl } from './activation.ts';

/** How many numbers the optimiser remembers of each weight. */
export function memoriesOf({ kind }: Optimiser): 0 | 1 | 2 {
	return { gd: 0, momentum: 1, adam: 2 }[kind] as 0 | 1 | 2;
}

/**
 * `learn(w, first, second, g, eta)`: one step of the weights w and of what is remembered of them, given
 * their gradient and the step size of the replica. `pace` holds the factor of the schedule and the two
 * bias corrections of Adam. Units are those of the reference.
 */
export function learnCode(optimiser: Optimiser): string {
	return `
void learn(inout vec4 w, inout vec4 first, inout vec4 second, vec4 g, float eta) {
	float rate = eta * pace.x;
	${rule(optimiser)}
}
`;
}

function rule(optimiser: Optimiser): string {
	switch (optimiser.kind) {
		case 'gd':
			return 'w -= rate * g;';
		case 'momentum':
			return `first = ${glsl(optimiser.momentum)} * first + g;
	w -= rate * first;`;
		case 'adam': {
			const { beta1, beta2, epsilon } = optimiser;
			return `first = ${glsl(beta1)} * first + ${glsl(1 - beta1)} * g;
	second = ${glsl(beta2)} * second + ${glsl(1 - beta2)} * g * g;
	vec4 direction = first / (sqrt(second * pace.z) + ${glsl(epsilon)});
	// What fills up a texel stays 0 even where epsilon is.
	w -= rate * pace.y * mix(direction, vec4(0.), equal(first, vec4(0.)));`;
		}
	}
}

/** `pace` of step t, which counts from 0. */
export function paceAt({ schedule = [1], optimiser }: Job, t: number): readonly number[] {
	const factor = schedule[t % schedule.length] as number;
	if (optimiser.kind !== 'adam') return [factor, 1, 1, 0];
	const { beta1, beta2 } = optimiser;
	return [factor, 1 / (1 - beta1 ** (t + 1)), 1 / (1 - beta2 ** (t + 1)), 0];
}

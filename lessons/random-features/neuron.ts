/** One neuron learns one neuron: gradient descent on ½ E (relu(w·x) − relu(u·x))², x standard normal, |u| = 1. */

/** w as its components along u and across: all that the loss depends on. */
export interface Place {
	readonly along: number;
	readonly across: number;
}

export const lengthOf = ({ along, across }: Place) => Math.hypot(along, across);
export const angleOf = ({ along, across }: Place) => Math.atan2(Math.abs(across), along);

/** E (relu(w·x) − relu(u·x))² relative to E relu(u·x)² = ½: |w|² + 1 − (2|w|/π)(sin θ + (π − θ) cos θ). */
export function relativeError(place: Place): number {
	const length = lengthOf(place);
	const angle = angleOf(place);
	const overlap = Math.sin(angle) + (Math.PI - angle) * Math.cos(angle);
	return length ** 2 + 1 - ((2 * length) / Math.PI) * overlap;
}

/** The gradient w/2 − ((π − θ) u + sin θ w/|w|)/2π (Tian 2017, Theorem 1). */
export function gradient(place: Place): Place {
	const { along, across } = place;
	const angle = angleOf(place);
	const turn = Math.sin(angle) / lengthOf(place) / (2 * Math.PI);
	return {
		along: along / 2 - (Math.PI - angle) / (2 * Math.PI) - turn * along,
		across: across / 2 - turn * across,
	};
}

/** The relative error at the start and after each of so many steps of gradient descent with unlimited data. */
export function populationRun(start: Place, stepSize: number, steps: number): number[] {
	let place = start;
	const errors = [relativeError(place)];
	for (let t = 0; t < steps; t++) {
		const { along, across } = gradient(place);
		place = { along: place.along - stepSize * along, across: place.across - stepSize * across };
		errors.push(relativeError(place));
	}
	return errors;
}

/** The place of w given its first coordinate along u = e₁. */
export function placeOf(w: ArrayLike<number>): Place {
	let across = 0;
	for (let k = 1; k < w.length; k++) across += w[k]! ** 2;
	return { along: w[0]!, across: Math.sqrt(across) };
}

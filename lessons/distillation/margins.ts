/**
 * How far a small mimic loss keeps a student from disagreeing: where the signs of g and z differ,
 * (g − z)² ≥ z². So the students that disagree most with a given loss do so where |z| is smallest.
 */

/**
 * The largest share of points on which a student with mimic loss mean (g − z)² ≤ `loss` may disagree with
 * the logits z in sign: the largest k/n with the k smallest z² summing to at most n · loss.
 */
export function worstDisagreement(logits: ArrayLike<number>, loss: number): number {
	const squares = Float64Array.from(logits, (z) => z * z).sort();
	let sum = 0;
	let k = 0;
	while (k < squares.length && sum + squares[k]! <= squares.length * loss) sum += squares[k++]!;
	return k / squares.length;
}

/** The same for standard normal logits: P(|z| ≤ t) with E z² 1{|z| ≤ t} = loss; 1 from loss 1 on. */
export function worstDisagreementGaussian(loss: number): number {
	if (loss >= 1) return 1;
	let [share, energy] = [0, 0];
	const step = 1e-4;
	for (let t = step / 2; ; t += step) {
		const weight = (2 * step * Math.exp((-t * t) / 2)) / Math.sqrt(2 * Math.PI);
		if (energy + weight * t * t > loss) return share + (loss - energy) / (t * t);
		share += weight;
		energy += weight * t * t;
		if (weight < 1e-18) return 1;
	}
}

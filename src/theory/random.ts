/** A stream of random numbers; the only randomness on the site. Same seed, same stream, everywhere. */
export interface Random {
	/** Uniform on [0, 1), 32 bits. */
	uniform(): number;
	/** Standard normal, by Marsaglia's polar method. */
	normal(): number;
}

/**
 * Opens the stream of a seed. `stream` separates independent uses of one seed (weights, labels).
 * The generator is sfc32 (Doty-Humphrey, PractRand), its state filled by splitmix32.
 */
export function random(seed: number, stream = ''): Random {
	let mix = hash(stream) ^ seed;
	const fill = () => {
		mix = (mix + 0x9e3779b9) | 0;
		let z = mix;
		z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
		z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
		return z ^ (z >>> 15);
	};
	let [a, b, c, counter] = [fill(), fill(), fill(), 1];
	const next = () => {
		const t = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (((c << 21) | (c >>> 11)) + t) | 0;
		return (t >>> 0) / 2 ** 32;
	};
	for (let i = 0; i < 12; i++) next();

	let spare: number | null = null;
	const normal = () => {
		if (spare !== null) {
			const value = spare;
			spare = null;
			return value;
		}
		for (;;) {
			const u = 2 * next() - 1;
			const v = 2 * next() - 1;
			const s = u * u + v * v;
			if (s >= 1 || s === 0) continue;
			const factor = Math.sqrt((-2 * Math.log(s)) / s);
			spare = v * factor;
			return u * factor;
		}
	};
	return { uniform: next, normal };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
	let h = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
	return h;
}

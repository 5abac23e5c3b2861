/**
 * Remembers the latest results of a function of plain data, by value. For predictions that are asked
 * for again at every frame of one run.
 */
export function memo<A, B>(compute: (argument: A) => B, keep = 4): (argument: A) => B {
	const known = new Map<string, B>();
	return (argument) => {
		const key = JSON.stringify(argument);
		const found = known.get(key);
		if (found !== undefined) return found;
		const result = compute(argument);
		known.set(key, result);
		for (const oldest of known.keys()) {
			if (known.size <= keep) break;
			known.delete(oldest);
		}
		return result;
	};
}

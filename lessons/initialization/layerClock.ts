/** Layers 1 … L. */
export function layersOf(depth: number): number[] {
	return Array.from({ length: depth }, (_, l) => l + 1);
}

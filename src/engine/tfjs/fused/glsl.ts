import type { Layout } from './layout.ts';

/** Channels of a texel, in order. */
const channels = ['x', 'y', 'z', 'w'] as const;

export function channel(k: number): string {
	return channels[k] ?? 'x';
}

/** Lines of GLSL, one per k < count. */
export function lines(count: number, line: (k: number, channel: string) => string): string {
	return Array.from({ length: count }, (_, k) => line(k, channel(k))).join('\n');
}

/** For a narrow layout: the coordinates of the four inputs of a block as x0, x1, x2. */
export function loadCoordinates({ d }: Layout): string {
	return lines(d, (k) => `vec4 x${k} = at(data, block, replica * 4 + ${k});`);
}

/** For a narrow layout: Σ_k w_k x_k on the four inputs of a block, for the unit in `unit`. */
export function preActivation({ d }: Layout): string {
	return Array.from({ length: d }, (_, k) => `unit.${channel(k)} * x${k}`).join(' + ');
}

/** f − y on the four inputs of a block: the sum of all slices. */
export function residualCode({ slices }: Layout): string {
	return `
vec4 residual(int replica, int block) {
	vec4 e = vec4(0.);
	for (int slice = 0; slice < ${slices}; slice++) {
		e += at(sums, block, replica * ${slices} + slice);
	}
	return e;
}
`;
}

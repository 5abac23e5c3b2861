import type { Activation, Job } from '#contract';
import { random } from '#theory/random.ts';

export interface Task {
	readonly name: string;
	readonly sizes: readonly number[];
	readonly activation: Activation;
	/** Samples, all used at every step. */
	readonly samples: number;
	readonly replicas: number;
	readonly biases?: boolean;
	readonly precision?: 'float64';
}

const task = (
	activation: Activation,
	sizes: readonly number[],
	samples: number,
	replicas = 1,
): Task => {
	const [d, ...widths] = sizes.slice(0, -1);
	const name = `${activation} d${d} m${widths.join('-')} b${samples}`;
	return { name, sizes, activation, samples, replicas };
};

function withBiases(plain: Task): Task {
	return { ...plain, name: `${plain.name} biases`, biases: true };
}

function inFloat64(plain: Task): Task {
	return { ...plain, name: `${plain.name} float64`, precision: 'float64' };
}

export const tasks: readonly Task[] = [
	task('relu', [2, 8, 1], 10),
	task('relu', [2, 64, 1], 10),
	task('relu', [2, 64, 1], 200),
	task('tanh', [2, 64, 1], 200),
	task('relu', [20, 512, 1], 10),
	task('relu', [2, 64, 1], 10, 32),
	task('relu', [2, 64, 1], 10, 128),
	task('relu', [2, 64, 1], 200, 32),
	task('relu', [2, 7, 1], 10, 256),
	task('relu', [2, 64, 64, 1], 200),
	task('relu', [10, 64, 64, 64, 64, 1], 200),
	task('tanh', [2, 64, 64, 64, 64, 64, 64, 1], 200),
	withBiases(task('relu', [2, 64, 1], 200)),
	withBiases(task('tanh', [2, 64, 1], 200)),
	inFloat64(task('relu', [2, 64, 1], 200)),
	inFloat64(task('tanh', [2, 64, 1], 200)),
	inFloat64(task('relu', [2, 64, 64, 1], 200)),
];

/** Floating-point operations of a step of one replica: two per weight (biases left out) and sample up, down and for the gradient. */
export function flopsOf({ sizes, samples, replicas }: Task): number {
	const weights = (l: number) => (sizes[l] ?? 0) * (sizes[l + 1] ?? 0);
	const perSample = sizes.slice(1).reduce((sum, _, l) => sum + (l === 0 ? 4 : 6) * weights(l), 0);
	return perSample * samples * replicas;
}

/** Weights and biases N(0, 1/fan-in), factors of 1 and the mean squared error: what every contender can express. */
export function jobOf({ sizes, activation, samples, replicas, biases, precision }: Task): Job {
	const { normal } = random(1, 'bench');
	const draw = (size: number, by = 1) => Float64Array.from({ length: size }, () => by * normal());
	const [d = 1] = sizes;
	return {
		network: { sizes, activation, scales: sizes.slice(1).map(() => 1), ...(biases && { biases }) },
		optimiser: { kind: 'gd', stepSize: 0.01 },
		replicas,
		weights: sizes.slice(1).map((out, l) => {
			const fanIn = sizes[l] ?? 1;
			const columns = fanIn + Number(biases ?? false);
			return draw(replicas * out * columns, 1 / Math.sqrt(fanIn));
		}),
		x: draw(replicas * samples * d),
		y: draw(replicas * samples),
		lossFactor: 2 / samples,
		...(precision && { precision }),
	};
}

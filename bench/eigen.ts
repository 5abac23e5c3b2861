import { readProgram } from '#engine/wasm/compile.ts';
import { eigenSolver } from '#engine/wasm/eigen.ts';
import { symmetricEigen } from '#theory/eigen.ts';
import { random } from '#theory/random.ts';
import { median } from './measure.ts';

export interface EigenRow {
	readonly n: number;
	/** CPU time in ms. */
	readonly mlMatrix: number;
	readonly vectors: number;
	readonly values: number;
}

/** Symmetric eigenproblems of random matrices: ml-matrix, our solver, and our solver without vectors. */
export async function measureEigen(): Promise<EigenRow[]> {
	const solver = eigenSolver(await WebAssembly.compile(await readProgram('eigen')));
	return [100, 200, 500].map((n) => {
		const matrix = symmetric(n);
		const [mlMatrix, vectors, values] = inTurns(5, [
			() => symmetricEigen(matrix),
			() => solver.eigen(matrix),
			() => solver.values(matrix),
		]);
		return { n, mlMatrix: mlMatrix!, vectors: vectors!, values: values! };
	});
}

function symmetric(n: number): Float64Array {
	const { normal } = random(n, 'bench');
	const matrix = new Float64Array(n * n);
	for (let i = 0; i < n; i++) {
		for (let j = i; j < n; j++) matrix[i * n + j] = matrix[j * n + i] = normal();
	}
	return matrix;
}

/** Medians in ms, after one round to warm up. */
function inTurns(repeats: number, work: readonly (() => unknown)[]): number[] {
	const times = work.map((): number[] => []);
	for (let i = 0; i <= repeats; i++) {
		work.forEach((task, w) => {
			const since = process.cpuUsage();
			task();
			const { user, system } = process.cpuUsage(since);
			if (i > 0) times[w]!.push((user + system) / 1000);
		});
	}
	return times.map(median);
}

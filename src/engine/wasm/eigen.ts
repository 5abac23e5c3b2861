/** What `assembly/eigen.ts` exports. */
interface EigenProgram {
	readonly memory: WebAssembly.Memory;
	symmetricEigen(
		n: number,
		a: number,
		stride: number,
		d: number,
		e: number,
		work: number,
		vectors: number,
	): number;
}

/** Eigenvalues in ascending order; row i of `vectors` (n × n, row-major) is the unit vector of values[i]. */
export interface Eigen {
	readonly values: Float64Array;
	readonly vectors: Float64Array;
}

/** Eigendecomposition of symmetric matrices, n × n, row-major, of which the upper triangle is read. */
export interface EigenSolver {
	eigen(matrix: Float64Array): Eigen;
	/** The eigenvalues alone, in ascending order, in a fraction of the time. */
	values(matrix: Float64Array): Float64Array;
}

const pageBytes = 65_536;

/** From the module of `assembly/eigen.ts`; worth it for n above 150 or so. */
export function eigenSolver(module: WebAssembly.Module): EigenSolver {
	return {
		eigen: (matrix) => solve(module, matrix, true),
		values: (matrix) => solve(module, matrix, false).values,
	};
}

function solve(module: WebAssembly.Module, matrix: Float64Array, vectors: boolean): Eigen {
	const n = Math.sqrt(matrix.length);
	if (!Number.isInteger(n)) throw new RangeError(`${matrix.length} entries make no square matrix`);
	const largest = matrix.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
	if (!Number.isFinite(largest)) throw new RangeError('a matrix must have finite entries');
	if (n === 0) return { values: new Float64Array(), vectors: new Float64Array() };
	// The solver squares entries: at size 1 nothing overflows.
	const unit = largest || 1;
	const { exports } = new WebAssembly.Instance(module);
	const program = exports as unknown as EigenProgram;
	const width = widthOf(n);
	// Four rows of scratch, then the matrix; address 0 stays free.
	const scratch = 64;
	const at = scratch + 4 * 8 * width;
	program.memory.grow(Math.ceil((at + 8 * n * width) / pageBytes));
	const row = (i: number) => new Float64Array(program.memory.buffer, at + 8 * i * width, n);
	for (let i = 0; i < n; i++) {
		const target = row(i);
		for (let j = i; j < n; j++) target[j] = (matrix[i * n + j] as number) / unit;
	}
	const [d, e, work] = [scratch, scratch + 8 * width, scratch + 16 * width];
	if (!program.symmetricEigen(n, at, 8 * width, d, e, work, Number(vectors)))
		throw new Error('the eigenvalues did not converge');
	const unsorted = new Float64Array(program.memory.buffer, d, n);
	const order = Array.from(unsorted.keys()).sort((i, j) => unsorted[i]! - unsorted[j]!);
	const sorted = new Float64Array(vectors ? n * n : 0);
	if (vectors) order.forEach((from, to) => sorted.set(row(from), to * n));
	return { values: Float64Array.from(order, (i) => unit * unsorted[i]!), vectors: sorted };
}

/** Numbers in a row, filling included: whole cache lines, and an odd number, so that rows spread over the cache. */
function widthOf(n: number): number {
	const lines = Math.ceil((n + 3) / 8);
	return 8 * (lines + 1 - (lines % 2));
}

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
	const { exports } = new WebAssembly.Instance(module);
	const program = exports as unknown as EigenProgram;
	return {
		eigen: (matrix) => solve(program, matrix, true),
		values: (matrix) => solve(program, matrix, false).values,
	};
}

function solve(program: EigenProgram, matrix: Float64Array, vectors: boolean): Eigen {
	const n = Math.sqrt(matrix.length);
	if (!Number.isInteger(n)) throw new RangeError(`${matrix.length} entries make no square matrix`);
	const largest = matrix.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
	if (!Number.isFinite(largest)) throw new RangeError('a matrix must have finite entries');
	if (n === 0) return { values: new Float64Array(), vectors: new Float64Array() };
	// The solver squares entries: at size 1 nothing overflows.
	const unit = largest || 1;
	const width = widthOf(n);
	// In numbers: a line that stays free, four rows of scratch, the matrix.
	const scratch = 8;
	const first = scratch + 4 * width;
	const memory = emptied(program.memory, first + n * width);
	const row = (i: number) => memory.subarray(first + i * width, first + i * width + n);
	for (let i = 0; i < n; i++) {
		const target = row(i);
		for (let j = i; j < n; j++) target[j] = (matrix[i * n + j] as number) / unit;
	}
	const bytes = (i: number) => 8 * i;
	const [d, e, work] = [scratch, scratch + width, scratch + 2 * width].map(bytes) as Three;
	if (!program.symmetricEigen(n, bytes(first), bytes(width), d, e, work, Number(vectors)))
		throw new Error('the eigenvalues did not converge');
	const unsorted = memory.subarray(scratch, scratch + n);
	const order = Array.from(unsorted.keys()).sort((i, j) => unsorted[i]! - unsorted[j]!);
	const sorted = new Float64Array(vectors ? n * n : 0);
	if (vectors) order.forEach((from, to) => sorted.set(row(from), to * n));
	return { values: Float64Array.from(order, (i) => unit * unsorted[i]!), vectors: sorted };
}

type Three = [number, number, number];

/** The first `count` numbers of a memory, grown if need be, all zero. */
function emptied(memory: WebAssembly.Memory, count: number): Float64Array {
	const missing = Math.ceil((8 * count - memory.buffer.byteLength) / pageBytes);
	if (missing > 0) memory.grow(missing);
	return new Float64Array(memory.buffer, 0, count).fill(0);
}

/** Numbers in a row, filling included: whole cache lines, and an odd number, so that rows spread over the cache. */
function widthOf(n: number): number {
	const lines = Math.ceil((n + 3) / 8);
	return 8 * (lines + 1 - (lines % 2));
}

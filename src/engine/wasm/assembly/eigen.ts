/**
 * Eigenvalues and eigenvectors of a symmetric matrix in float64: Householder's reduction to a
 * tridiagonal matrix, then QL sweeps with implicit shifts (Golub & Van Loan, Matrix Computations, §8.3).
 *
 * Matrices are row-major with `stride` bytes to a row, of which at least three numbers are filling and
 * zero: loops run four numbers at a time and may overrun the end. Only the upper triangle is read. The
 * vectors are rows from the start, so that inner loops run along neighbours in memory.
 */

const DOUBLE: usize = 8;
const PAIR: usize = 16;
/** Eight numbers, a line of the cache. */
const LINE: usize = 64;
/** QL finds an eigenvalue in two or three sweeps; so many mean that the entries are not finite. */
const SWEEPS = 60;
/** The spacing of float64 at 1. */
const EPSILON: f64 = 2.220446049250313e-16;

/**
 * Leaves the eigenvalues, unsorted, in `d` and, if asked, unit eigenvector i in row i of `a`. `d`, `e`
 * and the two arrays of `work` are as long as a row. Returns false where it does not converge.
 */
export function symmetricEigen(
	n: i32,
	a: usize,
	stride: usize,
	d: usize,
	e: usize,
	work: usize,
	vectors: bool,
): bool {
	tridiagonalise(n, a, stride, d, e, work);
	if (vectors) gather(n, a, stride);
	return diagonalise(n, d, e, vectors ? a : 0, stride, work);
}

/**
 * T = QᵀAQ with Q = H₀H₁…, H_k = 1 − β v vᵀ, where v leaves of row k, right of the diagonal, one entry.
 * T goes to `d` and `e`, with e[i] between i and i + 1; v stays in its row and β on the diagonal.
 */
function tridiagonalise(n: i32, a: usize, stride: usize, d: usize, e: usize, p: usize): void {
	const end = <usize>n * DOUBLE;
	for (let k = 0; k < n - 1; k++) {
		const i = <usize>k * DOUBLE;
		const from = i + DOUBLE;
		const row = a + <usize>k * stride;
		const v = row + from;
		const last = row + end;
		store<f64>(d + i, load<f64>(row + i));
		const head = load<f64>(v);
		const rest = dot(v + DOUBLE, v + DOUBLE, last);
		if (rest == 0) {
			store<f64>(e + i, head);
			store<f64>(row + i, 0);
			continue;
		}
		const norm = sqrt(head * head + rest);
		// Of the two signs, the one that subtracts nothing.
		const first = head > 0 ? head + norm : head - norm;
		store<f64>(e + i, head > 0 ? -norm : norm);
		store<f64>(v, first);
		const beta = 2 / (first * first + rest);
		store<f64>(row + i, beta);
		reflect(k + 1, n, a, stride, v - from, p, beta);
	}
	const i = end - DOUBLE;
	store<f64>(d + i, load<f64>(a + <usize>(n - 1) * stride + i));
	store<f64>(e + i, 0);
}

/** A ← HAH on rows and columns from `from`, as A − v wᵀ − w vᵀ with p = βAv, w = p − ½β(p·v)v. */
function reflect(from: i32, n: i32, a: usize, stride: usize, v: usize, p: usize, beta: f64): void {
	const start = <usize>from * DOUBLE;
	const end = <usize>n * DOUBLE;
	memory.fill(p + start, 0, end - start + 3 * DOUBLE);
	for (let i = start, row = a + <usize>from * stride; i < end; i += DOUBLE) {
		const above = load<f64>(row + i) * load<f64>(v + i);
		const sum = above + both(row + i + DOUBLE, v + i + DOUBLE, p + i + DOUBLE, row + end, load<f64>(v + i));
		store<f64>(p + i, load<f64>(p + i) + sum);
		row += stride;
	}
	const pull = 0.5 * beta * beta * dot(p + start, v + start, p + end);
	for (let i = start; i < end; i += DOUBLE) {
		store<f64>(p + i, beta * load<f64>(p + i) - pull * load<f64>(v + i));
	}
	for (let i = start, row = a + <usize>from * stride; i < end; i += DOUBLE) {
		const vi = f64x2.splat(load<f64>(v + i));
		const wi = f64x2.splat(load<f64>(p + i));
		for (let j = i; j < end; j += PAIR) {
			const change = f64x2.add(f64x2.mul(vi, v128.load(p + j)), f64x2.mul(wi, v128.load(v + j)));
			v128.store(row + j, f64x2.sub(v128.load(row + j), change));
		}
		row += stride;
	}
}

/** Both halves of a symmetric product from one: returns row · v, and adds factor · row to p. */
@inline
function both(row: usize, v: usize, p: usize, end: usize, factor: f64): f64 {
	const by = f64x2.splat(factor);
	let s = f64x2.splat(0);
	let t = f64x2.splat(0);
	for (; row < end; row += 2 * PAIR) {
		const a = v128.load(row);
		const b = v128.load(row, PAIR);
		s = f64x2.add(s, f64x2.mul(a, v128.load(v)));
		t = f64x2.add(t, f64x2.mul(b, v128.load(v, PAIR)));
		v128.store(p, f64x2.add(v128.load(p), f64x2.mul(by, a)));
		v128.store(p, f64x2.add(v128.load(p, PAIR), f64x2.mul(by, b)), PAIR);
		v += 2 * PAIR;
		p += 2 * PAIR;
	}
	return total(f64x2.add(s, t));
}

@inline
function dot(x: usize, y: usize, end: usize): f64 {
	let s = f64x2.splat(0);
	let t = f64x2.splat(0);
	for (; x < end; x += 2 * PAIR) {
		s = f64x2.add(s, f64x2.mul(v128.load(x), v128.load(y)));
		t = f64x2.add(t, f64x2.mul(v128.load(x, PAIR), v128.load(y, PAIR)));
		y += 2 * PAIR;
	}
	return total(f64x2.add(s, t));
}

@inline
function total(pair: v128): f64 {
	return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

/** Puts Qᵀ in the place of A: from the identity at the lower right, Qᵀ ← QᵀH_k, row by row. */
function gather(n: i32, a: usize, stride: usize): void {
	const end = <usize>n * DOUBLE;
	for (let k = n - 2; k >= -1; k--) {
		const from = <usize>(k + 1) * DOUBLE;
		// Row and column k + 1 of the identity.
		const own = a + <usize>(k + 1) * stride;
		memory.fill(own, 0, end);
		store<f64>(own + from, 1);
		for (let i = k + 2; i < n; i++) store<f64>(a + <usize>i * stride + from, 0);
		if (k < 0) return;
		const v = a + <usize>k * stride + from;
		const beta = load<f64>(v - DOUBLE);
		if (beta == 0) continue;
		for (let i = k + 1; i < n; i++) {
			const row = a + <usize>i * stride;
			const by = f64x2.splat(beta * dot(row + from, v, row + end));
			for (let x = row + from, y = v, last = row + end; x < last; x += PAIR) {
				v128.store(x, f64x2.sub(v128.load(x), f64x2.mul(by, v128.load(y))));
				y += PAIR;
			}
		}
	}
}

/** Diagonalises T by rotations of neighbours, applied to the rows of `a` unless that is 0. */
function diagonalise(n: i32, d: usize, e: usize, a: usize, stride: usize, work: usize): bool {
	for (let l = 0; l < n; l++) {
		for (let sweep = 0; ; sweep++) {
			const m = nextSplit(l, n, d, e);
			if (m == l) break;
			if (sweep == SWEEPS) return false;
			const reached = chase(l, m, d, e, work, stride);
			if (a) rotateRows(reached, m, a, stride, work);
		}
	}
	return true;
}

/** The first m from l on where T falls apart, as e[m] is lost beside its neighbours. */
function nextSplit(l: i32, n: i32, d: usize, e: usize): i32 {
	let m = l;
	for (; m < n - 1; m++) {
		const i = <usize>m * DOUBLE;
		const size = abs(load<f64>(d + i)) + abs(load<f64>(d + i + DOUBLE));
		if (abs(load<f64>(e + i)) <= EPSILON * size) break;
	}
	return m;
}

/**
 * One QL sweep with Wilkinson's shift, from m down to l. Rotation i, of rows i and i + 1, is left in
 * `work`, its cosines first, then, a row further, its sines. Returns the lowest rotation made.
 */
function chase(l: i32, m: i32, d: usize, e: usize, work: usize, stride: usize): i32 {
	const at = <usize>l * DOUBLE;
	const el = load<f64>(e + at);
	const dl = load<f64>(d + at);
	const half = (load<f64>(d + at + DOUBLE) - dl) / (2 * el);
	const root = sqrt(half * half + 1);
	let g = load<f64>(d + <usize>m * DOUBLE) - dl + el / (half + (half < 0 ? -root : root));
	let s: f64 = 1;
	let c: f64 = 1;
	let p: f64 = 0;
	for (let i = m - 1; i >= l; i--) {
		const o = <usize>i * DOUBLE;
		const f = s * load<f64>(e + o);
		const b = c * load<f64>(e + o);
		const r = sqrt(f * f + g * g);
		store<f64>(e + o + DOUBLE, r);
		if (r == 0) {
			// Falls apart on the way.
			store<f64>(d + o + DOUBLE, load<f64>(d + o + DOUBLE) - p);
			store<f64>(e + <usize>m * DOUBLE, 0);
			return i + 1;
		}
		s = f / r;
		c = g / r;
		g = load<f64>(d + o + DOUBLE) - p;
		const t = (load<f64>(d + o) - g) * s + 2 * c * b;
		p = s * t;
		store<f64>(d + o + DOUBLE, g + p);
		g = c * t - b;
		store<f64>(work + o, c);
		store<f64>(work + stride + o, s);
	}
	store<f64>(d + at, load<f64>(d + at) - p);
	store<f64>(e + at, g);
	store<f64>(e + <usize>m * DOUBLE, 0);
	return l;
}

/**
 * Applies rotations m − 1 … l, eight columns at a time: the row that two rotations share goes from one
 * to the next in registers, so that a sweep reads and writes every number once.
 */
function rotateRows(l: i32, m: i32, a: usize, stride: usize, work: usize): void {
	const columns = a + stride;
	const first = <usize>m * stride;
	for (let column = a; column < columns; column += LINE) {
		let row = column + first;
		let x0 = v128.load(row);
		let x1 = v128.load(row, PAIR);
		let x2 = v128.load(row, 2 * PAIR);
		let x3 = v128.load(row, 3 * PAIR);
		for (let i = work + <usize>(m - 1) * DOUBLE, end = work + <usize>l * DOUBLE; i >= end; i -= DOUBLE) {
			const c = v128.load_splat<f64>(i);
			const s = v128.load_splat<f64>(i + stride);
			const above = row - stride;
			const y0 = v128.load(above);
			const y1 = v128.load(above, PAIR);
			const y2 = v128.load(above, 2 * PAIR);
			const y3 = v128.load(above, 3 * PAIR);
			v128.store(row, f64x2.add(f64x2.mul(s, y0), f64x2.mul(c, x0)));
			v128.store(row, f64x2.add(f64x2.mul(s, y1), f64x2.mul(c, x1)), PAIR);
			v128.store(row, f64x2.add(f64x2.mul(s, y2), f64x2.mul(c, x2)), 2 * PAIR);
			v128.store(row, f64x2.add(f64x2.mul(s, y3), f64x2.mul(c, x3)), 3 * PAIR);
			x0 = f64x2.sub(f64x2.mul(c, y0), f64x2.mul(s, x0));
			x1 = f64x2.sub(f64x2.mul(c, y1), f64x2.mul(s, x1));
			x2 = f64x2.sub(f64x2.mul(c, y2), f64x2.mul(s, x2));
			x3 = f64x2.sub(f64x2.mul(c, y3), f64x2.mul(s, x3));
			row = above;
		}
		v128.store(row, x0);
		v128.store(row, x1, PAIR);
		v128.store(row, x2, 2 * PAIR);
		v128.store(row, x3, 3 * PAIR);
	}
}

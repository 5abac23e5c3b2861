import { float } from './float';
import { FLOAT, VECTOR, add, clamp, div, mul, plus, spread } from './lanes';

/*
 * tanh z = z P(z²)/Q(z²), fitted for the smallest relative error on the numbers up to a bound, beyond which
 * nothing changes. Both are divided by the highest coefficient of P, which is 1 then and takes no product.
 * The highest come first. They lie in memory, as a constant in the code is put together from three
 * instructions at each use; and in loops, whose few turns cost less than what does not fit into registers.
 */

/** Degrees 3 and 4 on [0, 7.8], error 1.2e-7. */
const NARROW = memory.data<f32>([
	255.239299, 11123.627, 85942.4238,
	0.0217110273, 20.7425757, 2053.37001, 39771.0222, 85942.4339,
]);

/** Degrees 9 and 9 on [0, 19.1], error 7e-17. */
const WIDE = memory.data<f64>([
	29666.26601274318, 122685336.87240607, 167119629220.98602,
	97820540743152.69, 2.738396785012686e16, 3.7530790301123103e18,
	2.3957599295630633e20, 6.087344828781242e21, 4.010014895546707e22,
	248.9140880230232, 2254410.6878725803, 5088910884.3887205,
	4452977530146.377, 1789174716721272.8, 3.509648238133873e17,
	3.320545393775887e19, 1.3775765146508463e21, 1.945406114727023e22,
	4.010014895546707e22,
]);

/** tanh of four vectors, to a block at `h`. NaN stays NaN. */
@inline
export function tanhOfFour(z0: v128, z1: v128, z2: v128, z3: v128, h: usize): void {
	const wide = sizeof<float>() == 8;
	const upper = wide ? WIDE : NARROW;
	const lower = upper + (wide ? 9 : 3) * FLOAT;
	const end = lower + (wide ? 10 : 5) * FLOAT;
	const bound: f64 = wide ? 19.1 : 7.8;
	z0 = clamp(z0, bound);
	z1 = clamp(z1, bound);
	z2 = clamp(z2, bound);
	z3 = clamp(z3, bound);
	const u0 = mul(z0, z0);
	const u1 = mul(z1, z1);
	const u2 = mul(z2, z2);
	const u3 = mul(z3, z3);
	let c = spread(upper, 0);
	let p0 = add(c, u0);
	let p1 = add(c, u1);
	let p2 = add(c, u2);
	let p3 = add(c, u3);
	for (let next = upper + FLOAT; next < lower; next += FLOAT) {
		c = spread(next, 0);
		p0 = plus(c, u0, p0);
		p1 = plus(c, u1, p1);
		p2 = plus(c, u2, p2);
		p3 = plus(c, u3, p3);
	}
	p0 = mul(z0, p0);
	p1 = mul(z1, p1);
	p2 = mul(z2, p2);
	p3 = mul(z3, p3);
	let q0 = spread(lower, 0);
	let q1 = q0;
	let q2 = q0;
	let q3 = q0;
	for (let next = lower + FLOAT; next < end; next += FLOAT) {
		c = spread(next, 0);
		q0 = plus(c, u0, q0);
		q1 = plus(c, u1, q1);
		q2 = plus(c, u2, q2);
		q3 = plus(c, u3, q3);
	}
	v128.store(h, div(p0, q0));
	v128.store(h, div(p1, q1), VECTOR);
	v128.store(h, div(p2, q2), 2 * VECTOR);
	v128.store(h, div(p3, q3), 3 * VECTOR);
}

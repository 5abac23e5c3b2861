import * as tf from '@tensorflow/tfjs';
import { afterEach, expect, it } from 'vitest';

/**
 * Why WEBGL_PACK is off. With its default flags tfjs 4.22 fills the padding of a packed texture with
 * garbage, and its matrix product adds the padding in whenever the inner dimension is odd.
 */
async function outerProduct(packed: boolean): Promise<number> {
	tf.env().reset(); // flags derived from WEBGL_PACK keep their first value otherwise
	tf.env().set('WEBGL_PACK', packed);
	tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
	await tf.setBackend('webgl');
	const corner = tf.tidy(() => {
		const u = tf.add(tf.fill([5, 1], 2), tf.ones([1, 1])); // all 3
		return tf.matMul(u, u, false, true); // all 9
	});
	const [value = NaN] = await corner.data();
	corner.dispose();
	return value;
}

const stockBackend = tf.findBackendFactory('webgl');

afterEach(() => {
	tf.removeBackend('webgl');
	tf.registerBackend('webgl', stockBackend);
});

it('stock tfjs computes 3 · 3 as something else than 9', async () => {
	expect(await outerProduct(true)).not.toBe(9);
});

it('without packing it is 9', async () => {
	expect(await outerProduct(false)).toBe(9);
});

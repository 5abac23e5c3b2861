import { describe, expect, it } from 'vitest';
import { sentenceOf } from './sentence.ts';

describe('a mishap in one sentence', () => {
	it.each([
		[new RangeError('Array buffer allocation failed'), 'more memory than the browser gives'],
		[new RangeError('Invalid typed array length: 99999999999'), 'more memory than the browser'],
		[new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded'), 'more memory'],
		[new Error('Requested texture size [99999x1] greater than WebGL maximum'), 'more memory'],
		[new Error('Failed to compile fragment shader.'), 'could not compile this network'],
		[new Error('Failed to link vertex and fragment shaders.'), 'could not compile this network'],
		[new Error('No such figure\n    at stack'), 'No such figure.'],
		['', 'The run ended for an unknown reason.'],
	])('%s', (error, words) => {
		expect(sentenceOf(error)).toContain(words);
		expect(sentenceOf(error).split('\n')).toHaveLength(1);
	});

	it('is what an allocation that fails here is told as', () => {
		let caught: unknown;
		try {
			new Float64Array(2 ** 52);
		} catch (error) {
			caught = error;
		}
		expect(sentenceOf(caught)).toContain('more memory');
	});
});

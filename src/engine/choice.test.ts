import { describe, expect, it } from 'vitest';
import { orderFor, whyNotWebGL, workloadOf, workOf } from './choice.ts';
import { isSoftware } from './context.ts';
import { smallJob } from './selfTest.ts';

describe('a renderer by its name', () => {
	it.each([
		'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
		'Google SwiftShader',
		'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0, D3D11)',
		'ANGLE (Microsoft, WARP, D3D11)',
		'llvmpipe (LLVM 15.0.7, 256 bits)',
		'Mesa/X.org, softpipe',
		'Apple Software Renderer',
	])('is drawn in software: %s', (renderer) => {
		expect(isSoftware(renderer)).toBe(true);
	});

	it.each([
		'ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)',
		'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0, D3D11)',
		'Apple GPU',
		'Mozilla',
		'',
	])('is not: %s', (renderer) => {
		expect(isSoftware(renderer)).toBe(false);
	});
});

describe('the order in which lanes are tried', () => {
	it.each([
		['Apple GPU', ['webgl', 'wasm', 'cpu'], null],
		[null, ['webgl', 'wasm', 'cpu'], null],
		['Google SwiftShader', ['wasm', 'webgl', 'cpu'], 'WebGL is drawn in software here'],
	])('for %s', (renderer, lanes, why) => {
		expect(orderFor(renderer)).toEqual({ lanes, why });
	});
});

describe('the choice between WebGL and WASM', () => {
	it.each<[string, number | null, number | null, string | null]>([
		['WebGL is faster', 1, 5, null],
		['a little slower', 2.9, 1, null],
		['exactly three times slower', 3, 1, null],
		['over three times slower', 3.04, 1, 'WebGL is 3 times slower than WASM on this network'],
		['far slower', 123.4, 1, 'WebGL is over 100 times slower than WASM on this network'],
		['WebGL fails', Infinity, 1, 'WebGL could not train this network'],
		['WASM fails', 100, Infinity, null],
		['both fail', Infinity, Infinity, null],
		['WebGL is not measured', null, 1, null],
		['WASM is not measured', 100, null, null],
		['nothing is measured', null, null, null],
		['not a number', NaN, 1, null],
	])('%s', (_, webgl, wasm, why) => {
		expect(whyNotWebGL({ webgl, wasm })).toBe(why);
	});
});

describe('a workload', () => {
	const job = smallJob({ sizes: [2, 64, 1], samples: 10, activation: 'relu', replicas: 4 });

	it('has one key for jobs that cost about the same', () => {
		const like = smallJob({ sizes: [2, 70, 1], samples: 11, activation: 'tanh', replicas: 4 });
		expect(workloadOf(like)).toBe(workloadOf(job));
	});

	it.each([
		{ sizes: [2, 256, 1], samples: 10, replicas: 4 },
		{ sizes: [9, 64, 1], samples: 10, replicas: 4 },
		{ sizes: [2, 64, 64, 1], samples: 10, replicas: 4 },
		{ sizes: [2, 64, 1], samples: 40, replicas: 4 },
		{ sizes: [2, 64, 1], samples: 10, replicas: 1 },
	])('has another key for $sizes, $samples samples, $replicas replicas', (task) => {
		expect(workloadOf(smallJob({ ...task, activation: 'relu' }))).not.toBe(workloadOf(job));
	});

	it('counts six operations per weight and sample', () => {
		expect(workOf(job)).toBe(6 * 4 * (2 * 64 + 64) * 10);
	});
});

import {
	engine,
	registerKernel,
	type NamedAttrMap,
	type Tensor,
	type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { GPGPUProgram, MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { counted } from '../ops.ts';
import { shapeOf, type Grid, type Texels } from './texels.ts';

/** A program of ours together with the inputs it reads, by the names they have in its GLSL. */
export interface Program<Name extends string = string> {
	readonly inputs: readonly Name[];
	readonly gpgpu: GPGPUProgram;
}

/** Helpers that every program may call. */
const header = `
/** Texel (column, row) of a grid. */
vec4 at(sampler2D grid, int column, int row) {
	return texelFetch(grid, ivec2(column, row), 0);
}
/** The texel this fragment writes: (column, row). */
ivec2 here() {
	return ivec2(gl_FragCoord.xy);
}
`;

/** A program that writes a grid. Its code ends in `setOutput(vec4)`. */
export function gridProgram<Name extends string>(
	inputs: readonly Name[],
	output: Grid,
	code: string,
): Program<Name> {
	return program(inputs, shapeOf(output), code, true);
}

/** A program that writes an ordinary tensor of tfjs. Its code ends in `setOutput(float)`. */
export function tensorProgram<Name extends string>(
	inputs: readonly Name[],
	shape: number[],
	code: string,
): Program<Name> {
	return program(inputs, shape, code, false);
}

function program<Name extends string>(
	inputs: readonly Name[],
	outputShape: number[],
	code: string,
	packedOutput: boolean,
): Program<Name> {
	const gpgpu: GPGPUProgram = {
		variableNames: [...inputs],
		outputShape,
		userCode: header + code,
		packedInputs: true,
		packedOutput,
	};
	return { inputs, gpgpu };
}

const kernelName = 'LemmaFused';

interface Attributes {
	readonly names: Program['inputs'];
	readonly gpgpu: GPGPUProgram;
}

/** Registered with tfjs, so that its memory count, its `tidy` and its profiler see our draws. */
registerKernel({
	kernelName,
	backendName: 'webgl',
	kernelFunc: ({ inputs, attrs, backend }) => {
		const { names, gpgpu } = attrs as unknown as Attributes;
		const tensors = names.map((name) => inputs[name] as TensorInfo);
		// Left packed: tfjs would unpack it at once, as the flag WEBGL_PACK is off.
		return (backend as MathBackendWebGL).compileAndRun(gpgpu, tensors, 'float32', undefined, true);
	},
});

/** Enqueues one draw; tfjs compiles the program when it first meets it, and keeps it. */
export function draw<Name extends string, Output extends Tensor = Texels>(
	program: Program<Name>,
	inputs: Readonly<Record<Name, Texels>>,
): Output {
	return run(program, inputs) as Output;
}

const run = counted(
	({ inputs: names, gpgpu }: Program, inputs: Readonly<Record<string, Texels>>): Tensor =>
		engine().runKernel<Tensor>(kernelName, inputs, { names, gpgpu } as unknown as NamedAttrMap),
);

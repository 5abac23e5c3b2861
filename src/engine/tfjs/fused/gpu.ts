/**
 * Raw WebGL 2 in the context of tfjs, for programs that write more than one texture at a time. tfjs
 * binds all that it needs before each of its own draws, except for the scissor test, which it expects
 * to be on.
 */

/** Texels of four numbers, several layers deep: an array texture. Layers are written together. */
export interface Grid {
	readonly width: number;
	readonly height: number;
	readonly depth: number;
	readonly texture: WebGLTexture;
	readonly framebuffer: WebGLFramebuffer;
}

export interface Program {
	/** Grids that it reads, by the names they have in its code. */
	readonly inputs: readonly string[];
	/** Layers that it writes: `out0`, `out1`, … */
	readonly outputs: number;
	/** Numbers that may differ from draw to draw. */
	readonly ints?: readonly string[];
	readonly vectors?: readonly string[];
	readonly code: string;
}

type Value = number | readonly number[];
type Uniforms = Readonly<Record<string, Value>>;

interface Compiled {
	readonly program: WebGLProgram;
	/** Where each uniform is, and what it was set to. */
	readonly uniforms: Map<string, { location: WebGLUniformLocation | null; value: Value | null }>;
}

const everywhere = `#version 300 es
void main() {
	vec2 corner = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
	gl_Position = vec4(2. * corner - 1., 0., 1.);
}`;

/** Programs are kept for as long as the context: the next run of the same shape needs them again. */
export class Gpu {
	readonly gl: WebGL2RenderingContext;
	readonly largestTexture: number;
	/** How many layers a program can write: eight on any GPU, six in some browsers' software. */
	readonly outputs: number;
	/** Draws enqueued so far. */
	draws = 0;
	/** Grids allocated and not yet freed. */
	grids = 0;
	readonly #programs = new Map<string, Compiled>();
	readonly #compiled = new WeakMap<Program, Compiled>();
	readonly #corners: WebGLVertexArrayObject;
	#vertices: WebGLShader | null = null;

	constructor(gl: WebGL2RenderingContext) {
		this.gl = gl;
		gl.getExtension('EXT_color_buffer_float');
		this.#corners = gl.createVertexArray();
		this.largestTexture = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
		this.outputs = [8, 7, 6, 5, 4, 3, 2, 1].find((layers) => this.#canWrite(layers)) ?? 0;
	}

	#canWrite(layers: number): boolean {
		const { gl } = this;
		if (layers > (gl.getParameter(gl.MAX_DRAW_BUFFERS) as number)) return false;
		const grid = this.grid(1, 1, layers);
		gl.bindFramebuffer(gl.FRAMEBUFFER, grid.framebuffer);
		const isComplete = gl.checkFramebufferStatus(gl.FRAMEBUFFER) === gl.FRAMEBUFFER_COMPLETE;
		gl.bindFramebuffer(gl.FRAMEBUFFER, null);
		this.free(grid);
		return isComplete;
	}

	/** `values` has shape [depth, height, width, 4]; left out, all are 0. */
	grid(width: number, height: number, depth: number, values?: Float32Array): Grid {
		const { gl } = this;
		const texture = gl.createTexture();
		gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
		gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, gl.RGBA32F, width, height, depth);
		for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
			gl.texParameteri(gl.TEXTURE_2D_ARRAY, name, gl.NEAREST);
		const framebuffer = gl.createFramebuffer();
		gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
		const attachments = Array.from({ length: depth }, (_, layer) => gl.COLOR_ATTACHMENT0 + layer);
		if (depth <= 8) {
			attachments.forEach((at, layer) =>
				gl.framebufferTextureLayer(gl.FRAMEBUFFER, at, texture, 0, layer),
			);
			gl.drawBuffers(attachments);
		}
		gl.bindFramebuffer(gl.FRAMEBUFFER, null);
		this.grids += 1;
		const grid = { width, height, depth, texture, framebuffer };
		if (values) this.write(grid, values);
		return grid;
	}

	write({ texture, width, height, depth }: Grid, values: Float32Array): void {
		const { gl } = this;
		gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
		const [target, format, type] = [gl.TEXTURE_2D_ARRAY, gl.RGBA, gl.FLOAT];
		gl.texSubImage3D(target, 0, 0, 0, 0, width, height, depth, format, type, values);
	}

	/** Waits for the device; shape as in `grid`. */
	read({ framebuffer, width, height, depth }: Grid): Float32Array {
		const { gl } = this;
		const size = 4 * width * height;
		const values = new Float32Array(size * depth);
		gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
		for (let layer = 0; layer < depth; layer++) {
			gl.readBuffer(gl.COLOR_ATTACHMENT0 + layer);
			const part = values.subarray(layer * size, (layer + 1) * size);
			gl.readPixels(0, 0, width, height, gl.RGBA, gl.FLOAT, part);
		}
		gl.bindFramebuffer(gl.FRAMEBUFFER, null);
		return values;
	}

	free({ texture, framebuffer }: Grid): void {
		this.gl.deleteFramebuffer(framebuffer);
		this.gl.deleteTexture(texture);
		this.grids -= 1;
	}

	/** All draws happen within; nothing of tfjs may. */
	drawing(work: () => void): void {
		const { gl } = this;
		if (gl.isContextLost()) return; // the next fence tells
		gl.disable(gl.SCISSOR_TEST);
		gl.bindVertexArray(this.#corners);
		try {
			work();
		} finally {
			gl.bindVertexArray(null);
			gl.bindFramebuffer(gl.FRAMEBUFFER, null);
			gl.enable(gl.SCISSOR_TEST);
		}
	}

	/** Enqueues one draw over the whole target. */
	draw(
		program: Program,
		inputs: Readonly<Record<string, Grid>>,
		target: Grid,
		uniforms: Uniforms = {},
	): void {
		const { gl } = this;
		const { program: ours, uniforms: places } = this.#compile(program);
		gl.useProgram(ours);
		program.inputs.forEach((name, unit) => {
			gl.activeTexture(gl.TEXTURE0 + unit);
			gl.bindTexture(gl.TEXTURE_2D_ARRAY, inputs[name]!.texture);
		});
		for (const [name, value] of Object.entries(uniforms)) {
			const place = places.get(name);
			if (!place || isSame(place.value, value)) continue;
			place.value = value;
			if (typeof value === 'number') gl.uniform1i(place.location, value);
			else gl.uniform4fv(place.location, value);
		}
		gl.bindFramebuffer(gl.FRAMEBUFFER, target.framebuffer);
		gl.viewport(0, 0, target.width, target.height);
		gl.drawArrays(gl.TRIANGLES, 0, 3);
		this.draws += 1;
	}

	#compile(program: Program): Compiled {
		const known = this.#compiled.get(program);
		if (known) return known;
		const text = fragments(program);
		const compiled = this.#programs.get(text) ?? this.#link(text, program);
		this.#programs.set(text, compiled);
		this.#compiled.set(program, compiled);
		return compiled;
	}

	#link(text: string, { inputs, ints = [], vectors = [] }: Program): Compiled {
		const { gl } = this;
		this.#vertices ??= this.#shader(gl.VERTEX_SHADER, everywhere);
		const program = gl.createProgram();
		gl.attachShader(program, this.#vertices);
		gl.attachShader(program, this.#shader(gl.FRAGMENT_SHADER, text));
		gl.linkProgram(program);
		if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost())
			throw new Error(`A program did not link: ${gl.getProgramInfoLog(program) ?? ''}`);
		gl.useProgram(program);
		inputs.forEach((name, unit) => gl.uniform1i(gl.getUniformLocation(program, name), unit));
		const places = [...ints, ...vectors].map(
			(name): [string, { location: WebGLUniformLocation | null; value: Value | null }] => [
				name,
				{ location: gl.getUniformLocation(program, name), value: null },
			],
		);
		return { program, uniforms: new Map(places) };
	}

	#shader(kind: GLenum, text: string): WebGLShader {
		const { gl } = this;
		// Null only for a context that is lost.
		const shader = gl.createShader(kind)!;
		gl.shaderSource(shader, text);
		gl.compileShader(shader);
		if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost())
			throw new Error(`A program did not compile: ${gl.getShaderInfoLog(shader) ?? ''}`);
		return shader;
	}
}

function isSame(a: Value | null, b: Value): boolean {
	if (a === b || a === null || typeof a === 'number' || typeof b === 'number') return a === b;
	return a.every((value, k) => value === b[k]);
}

function fragments({ inputs, outputs, ints = [], vectors = [], code }: Program): string {
	const outs = Array.from(
		{ length: outputs },
		(_, k) => `layout(location = ${k}) out vec4 out${k};`,
	);
	return `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2DArray;
${inputs.map((name) => `uniform sampler2DArray ${name};`).join('\n')}
${ints.map((name) => `uniform int ${name};`).join('\n')}
${vectors.map((name) => `uniform vec4 ${name};`).join('\n')}
${outs.join('\n')}
vec4 at(sampler2DArray grid, int column, int row, int layer) {
	return texelFetch(grid, ivec3(column, row, layer), 0);
}
${code}`;
}

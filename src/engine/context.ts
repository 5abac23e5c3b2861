/**
 * Opened here rather than by tfjs, which reports a missing WebGL on the console and does without
 * OffscreenCanvas on Safari. Null where there is no WebGL 2.
 */
export function openContext(): WebGL2RenderingContext | null {
	try {
		const canvas =
			typeof OffscreenCanvas === 'undefined'
				? document.createElement('canvas')
				: new OffscreenCanvas(1, 1);
		const plain = { alpha: false, antialias: false, depth: false, premultipliedAlpha: false };
		return canvas.getContext('webgl2', plain) as WebGL2RenderingContext | null;
	} catch {
		return null;
	}
}

/** What draws: "ANGLE (Intel, …)". */
export function rendererOf(gl: WebGL2RenderingContext): string {
	const info = gl.getExtension('WEBGL_debug_renderer_info');
	return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}

/** What would draw here, found out without fetching tfjs; null where there is no WebGL. */
export function rendererHere(): string | null {
	const gl = openContext();
	if (!gl) return null;
	const renderer = rendererOf(gl);
	gl.getExtension('WEBGL_lose_context')?.loseContext();
	return renderer;
}

/** Renderers that have no GPU under them. */
const software = /SwiftShader|llvmpipe|lavapipe|softpipe|Basic Render|\bWARP\b|software/i;

/** Whether a renderer, by its name, works on the processor alone. */
export function isSoftware(renderer: string): boolean {
	return software.test(renderer);
}

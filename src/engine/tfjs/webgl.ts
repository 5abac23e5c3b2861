import {
	env,
	findBackend,
	registerBackend,
	removeBackend,
	setBackend,
} from '@tensorflow/tfjs-core';
import { MathBackendWebGL, setWebGLContext } from '@tensorflow/tfjs-backend-webgl';
import { isSoftware, openContext, rendererOf } from '../context.ts';
import { LaneError, type Device } from '../kernel.ts';
import { nextTask, patience, sleep } from '../timing.ts';
import { backendNamed, quieten, stuck } from './backend.ts';
import { Gpu } from './fused/gpu.ts';
import { FusedKernel } from './fused/kernel.ts';
import { wayFor, type Graphics } from './fused/ways.ts';
import { TfKernel } from './kernel.ts';

/**
 * WEBGL_PACK stays off: packed, tfjs 4.22 adds garbage from the padding lanes to products with an odd
 * inner dimension. Unused textures are kept for reuse up to 256 MB.
 */
const flags: Readonly<Record<string, boolean | number>> = {
	WEBGL_PACK: false,
	WEBGL_CPU_FORWARD: false,
	WEBGL_FORCE_F16_TEXTURES: false,
	WEBGL_DELETE_TEXTURE_THRESHOLD: 256 * 2 ** 20,
	SOFTWARE_WEBGL_ENABLED: true,
};

/** tfjs on WebGL 2, float32: programs of our own where they cover the job, its operations elsewhere. */
export async function start(): Promise<Device> {
	const gl = openContext();
	if (!gl) throw new LaneError('WebGL is not available in this browser');
	quieten();
	forgetLostBackend();
	setWebGLContext(2, gl);
	for (const [flag, value] of Object.entries(flags)) env().set(flag, value);
	if (!(await setBackend('webgl'))) throw new LaneError('WebGL could not be started');
	if (!env().getBool('WEBGL_RENDER_FLOAT32_ENABLED'))
		throw new LaneError('WebGL computes with too few digits on this device');
	const isLost = () => gl.isContextLost();
	const backend = backendNamed('webgl', { fence: () => fence(gl), isLost });
	const renderer = rendererOf(gl);
	const graphics: Graphics = {
		gpu: new Gpu(gl),
		fragmentsAtOnce: isSoftware(renderer) ? 4 : 512,
	};
	return {
		lane: 'webgl',
		renderer,
		sliceMs: 12,
		isLost,
		kernel(job) {
			const way = wayFor(job, graphics);
			return way ? new FusedKernel(job, way, backend, graphics.gpu) : new TfKernel(job, backend);
		},
	};
}

/** After a lost context, for tfjs to build its backend anew; tensors of the old one may still be disposed. */
function forgetLostBackend(): void {
	if (!findBackend('webgl')) return;
	removeBackend('webgl');
	registerBackend('webgl', () => new MathBackendWebGL());
}

/** Below this a wait is spent on quick polls: a timer would round it up to 4 ms. */
const quickMs = 4;

async function fence(gl: WebGL2RenderingContext): Promise<void> {
	const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
	gl.flush();
	const since = performance.now();
	const waited = () => performance.now() - since;
	while (sync && !gl.isContextLost() && waited() < patience) {
		const status = gl.clientWaitSync(sync, 0, 0);
		if (status === gl.ALREADY_SIGNALED || status === gl.CONDITION_SATISFIED) {
			gl.deleteSync(sync);
			return;
		}
		await (waited() < quickMs ? nextTask() : sleep(1));
	}
	throw new Error(stuck);
}

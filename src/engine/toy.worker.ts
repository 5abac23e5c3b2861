import { browserLanes } from './browser.ts';
import { rendererHere } from './context.ts';
import { cpuDevice } from './cpu/kernel.ts';
import { serve } from './host.ts';
import type { Device } from './kernel.ts';
import { Lanes } from './lane.ts';
import { loseWebGL, toy } from './toy.ts';

/** UNMASKED_RENDERER_WEBGL, of an extension. */
const unmaskedRenderer = 0x9246;

/** A worker for the engine's browser tests; its name says what it has to do without. */
if (self.name.includes('no WebGL')) OffscreenCanvas.prototype.getContext = () => null;
if (self.name.includes('no WebAssembly')) Reflect.deleteProperty(self, 'WebAssembly');

if (self.name.includes('renderer unknown')) {
	const getParameter = WebGL2RenderingContext.prototype.getParameter;
	WebGL2RenderingContext.prototype.getParameter = function (this: WebGL2RenderingContext, name) {
		const value: unknown = getParameter.call(this, name);
		return name === unmaskedRenderer ? 'a GPU' : value;
	};
}

/** Told to lose WebGL, it does so as a browser would in the middle of a run. */
const contexts: WebGL2RenderingContext[] = [];
const getContext = OffscreenCanvas.prototype.getContext;
OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...args: unknown[]) {
	const context = Reflect.apply(getContext, this, args) as WebGL2RenderingContext | null;
	if (context) contexts.push(context);
	return context;
} as typeof getContext;
self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
	if (data !== loseWebGL) return;
	for (const context of contexts) context.getExtension('WEBGL_lose_context')?.loseContext();
});

const load = () => Promise.resolve(toy);
const slow = (['WASM', 'WebGL'] as const).find((lane) => self.name.includes(`slow ${lane}`));
const lanes = slow ? lanesWith(slow) : browserLanes();
serve(self, load, lanes, navigator.hardwareConcurrency);

/** A device that needs 20 ms for a step of the toy, as one that another leaves behind. */
function slowed(device: Device): Device {
	return {
		...device,
		kernel(job) {
			const kernel = device.kernel(job);
			const real = kernel.steps.bind(kernel);
			return Object.assign(kernel, {
				steps(k: number) {
					const until = performance.now() + (job.network.sizes.length === 2 ? 20 * k : 0);
					real(k);
					while (performance.now() < until);
				},
			});
		},
	};
}

function lanesWith(slow: 'WASM' | 'WebGL'): Lanes {
	const made = (name: typeof slow, device: Device) => (name === slow ? slowed(device) : device);
	const webgl = async () => made('WebGL', await (await import('./tfjs/webgl.ts')).start());
	const wasm = async () => made('WASM', await (await import('./wasm/browser.ts')).start());
	const cpu = () => Promise.resolve(cpuDevice);
	return new Lanes({ webgl, wasm, cpu }, { renderer: rendererHere });
}

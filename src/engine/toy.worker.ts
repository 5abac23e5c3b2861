import { browserLanes } from './browser.ts';
import { serve } from './host.ts';
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

serve(self, () => Promise.resolve(toy), browserLanes(), navigator.hardwareConcurrency);

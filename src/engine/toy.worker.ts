import { browserLanes } from './browser.ts';
import { serve } from './host.ts';
import { toy } from './toy.ts';

/** A worker for the engine's browser tests; its name says what it has to do without. */
if (self.name.includes('no WebGL')) OffscreenCanvas.prototype.getContext = () => null;
if (self.name.includes('no WebAssembly')) Reflect.deleteProperty(self, 'WebAssembly');
serve(self, () => Promise.resolve(toy), browserLanes());

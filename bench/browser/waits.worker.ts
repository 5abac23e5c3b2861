import { browserLanes } from '#engine/browser.ts';
import { serve } from '#engine/host.ts';
import { figure } from './figure.ts';

serve(self, () => Promise.resolve(figure), browserLanes());

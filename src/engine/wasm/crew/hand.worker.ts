import { serveHand } from './hand.ts';

serveHand(self);

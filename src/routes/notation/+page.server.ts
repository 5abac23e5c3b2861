import { wholeNotation } from '#site/notation.ts';

export const load = () => wholeNotation();

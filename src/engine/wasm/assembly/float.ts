/**
 * What the training program computes with. Compiled a second time it is f64: `../compile.ts` puts that
 * here, and nothing else differs.
 */
export type float = f32;

/** How many random models the tests take: few and small ones, so that the gate is fast; `CARELOOP_RANDOM_MODELS` of all sizes on demand. */
import { block, smallBlock } from './models.ts';

const asked = process.env['CARELOOP_RANDOM_MODELS'];

export const runs = Number(asked ?? 25);
export const someBlock = asked === undefined ? smallBlock : block;

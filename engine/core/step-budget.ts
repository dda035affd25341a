/** Limits of one step. A step beyond them would block the worker: it is discarded, and the instance gets an incident. */

import { measureJson } from '../model/json-limits.ts';
import type { Json } from '../model/plan.ts';
import type { Run } from './run-types.ts';

/** Concurrently moving tokens. */
const maxQueued = 100_000;

/** Total size of expression results in one step, in characters. */
const maxMade = 40_000_000;

export class StepTooLong extends Error {
  readonly limit: number;
  readonly of: 'tokens' | 'letters';
  constructor(of: 'tokens' | 'letters', limit: number) {
    super(`More than ${limit} ${of} in one step.`);
    this.of = of;
    this.limit = limit;
  }
}

export function checkQueue(run: Run): void {
  if (run.queue.length - run.head > maxQueued) throw new StepTooLong('tokens', maxQueued);
}

/** @returns a description of the problem with an expression's value */
export function checkMade(run: Run, value: Json): string | undefined {
  const { size, excess } = measureJson(value);
  run.made += size;
  if (run.made > maxMade) throw new StepTooLong('letters', maxMade);
  switch (excess?.reason) {
    case 'depth':
      return `The value is nested deeper than ${excess.limit} levels.`;
    case 'size':
      return `The value has more than ${excess.limit} letters.`;
    case 'type':
      return 'The value is not JSON.';
    default:
      return undefined;
  }
}

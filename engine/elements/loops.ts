/** Behaviour common to all loops: multi-instance, standard loop, and compensation handlers, which run one after the other. */

import type { Failure } from '../core/failure.ts';
import { fail } from '../core/failure.ts';
import { elementOf, getWait, putWait } from '../core/run.ts';
import type { Run, Token } from '../core/run-types.ts';
import { incidentOf, journalIncident } from '../core/token.ts';
import { compensationDone } from '../events/compensation.ts';
import type { WaitOf } from '../model/types.ts';
import { afterInstance, enterMultiInstance, type FinishedInstance } from './multi-instance.ts';
import { afterRound, enterStandardLoop } from './standard-loop.ts';

export function enterBody(token: Token, run: Run): Failure | undefined {
  const { element } = token;
  if (!('loop' in element) || element.loop === undefined) return fail('unsupported', { reason: 'loop-missing' });
  return element.loop.type === 'multi'
    ? enterMultiInstance(token, element.loop, run)
    : enterStandardLoop(token, element.loop, run);
}

/** One instance or round, or one handler, is complete. */
export function instanceDone(run: Run, token: Token): void {
  const body = getWait(run, token.host!);
  if (body?.kind !== 'multi') return;
  const finished: FinishedInstance = {
    index: token.index ?? body.done,
    variables: token.variables ?? {},
    ...(token.output !== undefined && { output: token.output }),
  };
  const next = { ...body, active: body.active - 1, done: body.done + 1 };
  putWait(run, next);
  continueLoop(run, next, finished);
}

export function retryBody(run: Run, { deciding, ...body }: WaitOf<'multi'>): void {
  putWait(run, body);
  continueLoop(run, body, undefined, deciding);
}

/** Decides what follows; what cannot be decided is an incident of the body. */
function continueLoop(
  run: Run,
  body: WaitOf<'multi'>,
  finished: FinishedInstance | undefined,
  seen = finished?.variables,
): void {
  const element = elementOf(run, body.element);
  const loop = 'loop' in element ? element.loop : undefined;
  if (loop === undefined) {
    compensationDone(run, body);
    return;
  }
  const failure = loop.type === 'multi' ? afterInstance(run, body, loop, finished, seen) : afterRound(run, body, loop);
  if (!failure) return;
  const now = getWait(run, body.key);
  if (now === undefined) return;
  const deciding = loop.type === 'multi' && seen ? { deciding: seen } : {};
  putWait(run, { ...now, incident: incidentOf(run, failure), ...deciding });
  journalIncident(run, body.element, body.key, failure);
}

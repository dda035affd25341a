/**
 * Standard loop: the activity is repeated while its condition holds, evaluated before or after each round, up to a
 * maximum (BPMN 2.0.2, 10.3.8 and 13.3.6).
 */

import { type Failure, fail, failedExpression, type Outcome } from '../core/failure.ts';
import { waitAt } from '../core/hold.ts';
import { getWait } from '../core/run.ts';
import type { Run, Token } from '../core/run-types.ts';
import { lookupAt, lookupOf } from '../core/token.ts';
import { evaluate, type Lookup } from '../core/variables.ts';
import { wholeNumberOf } from '../core/whole-number.ts';
import type { StandardLoop } from '../model/plan.ts';
import type { WaitOf } from '../model/types.ts';
import { conditionHolds } from './condition.ts';
import { finishBody, startLoopInstances } from './loop-body.ts';

export function enterStandardLoop(token: Token, loop: StandardLoop, run: Run): Failure | undefined {
  const lookup = lookupAt(run, token);
  const maximum = maximumOf(run, loop, lookup);
  if (!maximum.ok) return maximum;
  const first = loop.testBefore ? repeats(run, loop, lookup, 0) : { ok: true as const, value: true };
  if (!first.ok) return first;
  const failure = waitAt(run, token, { kind: 'multi', total: maximum.value, created: 0, active: 0, done: 0 });
  if (failure) return failure;
  const body = getWait(run, token.key);
  if (body?.kind !== 'multi') return undefined;
  if (first.value && maximum.value !== 0) startLoopInstances(run, body.key, [{ loopCounter: 1 }]);
  else finishBody(run, body.key);
  return undefined;
}

function maximumOf(run: Run, loop: StandardLoop, lookup: Lookup): Outcome<number | null> {
  if (loop.maximum === undefined) return { ok: true, value: null };
  const result = evaluate(run, loop.maximum, lookup);
  if (!result.ok) return failedExpression('loop-maximum', loop.maximum, result);
  const maximum = wholeNumberOf(result.value);
  return maximum !== undefined
    ? { ok: true, value: maximum }
    : fail('expression-failed', {
        reason: 'wrong-type',
        part: 'loop-maximum',
        expected: 'whole-number',
        value: result.value,
      });
}

/** Without a condition only the maximum ends the loop. */
function repeats(run: Run, loop: StandardLoop, lookup: Lookup, rounds: number): Outcome<boolean> {
  if (loop.condition === undefined) return { ok: true, value: true };
  return conditionHolds(run, loop.condition, 'loop-condition', (name) =>
    name === 'loopCounter' ? rounds : lookup(name),
  );
}

export function afterRound(run: Run, body: WaitOf<'multi'>, loop: StandardLoop): Failure | undefined {
  if (body.total !== null && body.done >= body.total) {
    finishBody(run, body.key);
    return undefined;
  }
  const more = repeats(run, loop, lookupOf(run, body), body.done);
  if (!more.ok) return more;
  if (more.value) startLoopInstances(run, body.key, [{ loopCounter: body.done + 1 }]);
  else finishBody(run, body.key);
  return undefined;
}

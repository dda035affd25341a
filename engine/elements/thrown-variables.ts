import { fail, type Outcome } from '../core/failure.ts';
import type { Token } from '../core/run-types.ts';
import { oversizeOf } from '../model/payload-size.ts';
import type { Variables } from '../model/plan.ts';

/** What goes with a message, signal or escalation. It leaves the instance in one payload: larger than that it is not thrown. */
export function thrownVariables({ variables = {} }: Token): Outcome<Variables> {
  const size = oversizeOf(variables);
  return size ? fail('thrown-too-large', { reason: 'thrown-size', ...size }) : { ok: true, value: variables };
}

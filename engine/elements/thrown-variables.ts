import { fail, type Outcome } from '../core/failure.ts';
import type { Token } from '../core/run-types.ts';
import { oversizeOf } from '../model/payload-size.ts';
import type { Variables } from '../model/plan.ts';

/** Variables of a thrown message, signal or escalation. They leave the instance in one payload, whose size is limited. */
export function thrownVariables({ variables = {} }: Token): Outcome<Variables> {
  const size = oversizeOf(variables);
  return size ? fail('thrown-too-large', { reason: 'thrown-size', ...size }) : { ok: true, value: variables };
}

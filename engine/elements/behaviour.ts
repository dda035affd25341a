/** What a kind of element is to the engine. */
import type { Failure } from '../failure.ts';
import type { Token } from '../lifecycle.ts';
import type { FlowId, PlanElement } from '../plan.ts';
import type { Run } from '../run.ts';

/** What a kind of element does; everything it does not say is done by `moves.ts`. */
export interface ElementBehaviour<E extends PlanElement = PlanElement> {
  /** A token has come and its inputs are mapped: wait (`hold`) or go on (`complete`). A failure leaves nothing done. */
  enter(token: Token<E>, run: Run): Failure | undefined;
  /** Which outgoing flows are taken; without it the conditions decide. */
  choose?(token: Token<E>, run: Run): FlowId[] | Failure;
}

/** What a kind of element is to the engine. */
import type { Failure } from '../core/failure.ts';
import type { Token } from '../core/lifecycle.ts';
import type { Run } from '../core/run.ts';
import type { FlowId, PlanElement } from '../model/plan.ts';
import type { Key } from '../model/types.ts';

/** What a kind of element does; everything it does not say is done by `moves.ts`. */
export interface ElementBehaviour<E extends PlanElement = PlanElement> {
  /** A token has come and its inputs are mapped: wait (`hold`) or go on (`complete`). A failure leaves nothing done. */
  enter(token: Token<E>, run: Run): Failure | undefined;
  /** Which outgoing flows are taken; without it the conditions decide. */
  choose?(token: Token<E>, run: Run): FlowId[] | Failure;
}

/**
 * What the moving of tokens asks of the kinds of element. A run brings it along, so that the kinds import the moves and the moves no
 * kind.
 */
export interface Kinds {
  /** Undefined: a kind that the engine does not execute. */
  behaviourOf(element: PlanElement): ElementBehaviour | undefined;
  /** A looping activity begins as a whole. */
  enterBody(token: Token, run: Run): Failure | undefined;
  /** One instance or round of a loop, or one handler of a compensation, is complete. */
  instanceDone(run: Run, token: Token): void;
  /** An activity is complete. True when that completes the ad-hoc subprocess around it: the token ends there. */
  endsAdHoc(run: Run, token: Token): boolean;
  /** The last token of a scope is gone. */
  scopeEmptied(run: Run, scope: Key): void;
}

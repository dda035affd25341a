/**
 * The parts of one step, as types: the run (its working object), the tokens that move in it, and what the kinds of element are to both.
 * They refer to each other, so they stand together.
 */
import type { ElementId, FlowId, Json, Plan, PlanElement, Variables } from '../model/plan.ts';
import type { Actor, Command, Env, EvaluationContext, InstanceState, JournalEntry, Key, Wait } from '../model/types.ts';
import type { Failure } from './failure.ts';

export type Phase = 'activating' | 'active' | 'completing' | 'completed' | 'cancelling' | 'cancelled';

/** A token at an element. Lives inside one step only; between steps it is a wait under the same key. */
export interface Token<E extends PlanElement = PlanElement> {
  element: E;
  key: Key;
  /** The scope it lives in. */
  scope: Key;
  /** The multi-instance body it belongs to. */
  host?: Key;
  phase: Phase;
  /** Local variables. */
  variables?: Variables;
  /** The flow it came by. */
  flow?: string;
  /** A multi-instance's output element, worked out on completing. */
  output?: Json;
}

/** A token on its way to an element. */
export interface Arrival {
  element: ElementId;
  scope: Key;
  flow?: FlowId;
  /** The multi-instance body it is made for, with the variables of its own. */
  host?: Key;
  variables?: Variables;
  /** Compensating event subprocess: the key of the scope it looks back on. */
  inside?: Key;
}

export interface Run {
  readonly plan: Plan;
  readonly before: InstanceState;
  readonly env: Env;
  readonly kinds: Kinds;
  readonly now: string;
  context: EvaluationContext;
  /** Waits put (or removed: null) in this step. */
  readonly changed: Map<Key, Wait | null>;
  /** Live tokens of scopes whose number may have changed. */
  readonly tokens: Map<Key, number>;
  queue: Arrival[];
  head: number;
  /** The token that is throwing an event just now; what it throws may cancel it. */
  flying: Token | undefined;
  /** Tokens that have thrown a signal: they go on one by one when all others have come to rest. */
  thrown: Token[];
  /** The one that went on last, and the first key given out since. */
  wentOn: { thrower: Key; from: Key } | undefined;
  /** Armed in this step: a buffered message may be there for them. */
  armed: Key[];
  readonly commands: Command[];
  readonly journal: JournalEntry[];
  nextKey: number;
  patch: Partial<InstanceState> | undefined;
  by: Actor | undefined;
  /** Variables were written: conditional events must look again. */
  written: boolean;
  arrivals: number;
  visits: Map<string, number> | undefined;
}

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

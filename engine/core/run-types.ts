/**
 * Types of the parts of a step: the run (its working object), moving tokens, and the contract of element kinds. In one
 * file because they refer to each other.
 */
import type { ElementId, Expression, FlowId, Json, Plan, PlanElement, Variables } from '../model/plan.ts';
import type {
  Actor,
  Command,
  EngineEvent,
  Env,
  EvaluationContext,
  InstanceState,
  JournalEntry,
  Key,
  TimerChain,
  Wait,
  WaitOf,
} from '../model/types.ts';
import type { Failure } from './failure.ts';

export type Phase = 'activating' | 'active' | 'completing' | 'completed' | 'cancelling' | 'cancelled';

/** A token at an element. Exists within one step only; between steps it is a wait under the same key. */
export interface Token<E extends PlanElement = PlanElement> {
  element: E;
  key: Key;
  /** The scope it belongs to. */
  scope: Key;
  /** The multi-instance body it belongs to. */
  host?: Key;
  phase: Phase;
  /** Local variables. */
  variables?: Variables;
  /** The flow it came by. */
  flow?: string;
  /** Value of a multi-instance's output element, evaluated on completion. */
  output?: Json;
  /** Its place in the loop it is an instance or round of, from 0. */
  index?: number;
  /** A complex gateway at its reset. */
  resets?: true;
}

/** A token on its way to an element. */
export interface Arrival {
  element: ElementId;
  scope: Key;
  flow?: FlowId;
  /** The multi-instance body it belongs to, with its own variables. */
  host?: Key;
  variables?: Variables;
  /** Its place in the loop. */
  index?: number;
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
  /** Waits added or (null) removed in this step. */
  readonly changed: Map<Key, Wait | null>;
  /** Live tokens of scopes whose number may have changed. */
  readonly tokens: Map<Key, number>;
  queue: Arrival[];
  head: number;
  /** The throwing token, which may be cancelled by its own event. */
  throwingToken: Token | undefined;
  /** Tokens that have thrown a signal: they go on one by one when all others have come to rest. */
  thrown: Token[];
  /** The token resumed last, and the first key assigned since. */
  lastResumed: { thrower: Key; from: Key } | undefined;
  /** Armed in this step: a buffered message may be there for them. */
  armed: Key[];
  readonly commands: Command[];
  readonly journal: JournalEntry[];
  nextKey: number;
  patch: Partial<InstanceState> | undefined;
  by: Actor | undefined;
  /** Of the timer whose step this is. */
  timerChain: TimerChain | undefined;
  /** Output collections with entries of this step that are not yet in the bodies' waits; nothing else references these lists. */
  collections: Map<Key, Json[]> | undefined;
  /** Variables were written: conditional events must look again. */
  written: boolean;
  arrivals: number;
  /** Size of expression results, in characters. */
  made: number;
  visits: Map<string, number> | undefined;
}

/** The occurrence an element waited for: an event, or the end or escalation of its job or called process. */
export type Occurrence =
  | { type: 'event'; trigger: number; results: Variables | undefined }
  | Extract<
      EngineEvent,
      { type: 'job-completed' | 'job-failed' | 'call-completed' | 'call-failed' | 'call-escalated' }
    >;

/**
 * Contract of an element kind; unspecified functions have defaults in `moves.ts`. Listeners, mappings, boundary events
 * and the journal are handled around these functions for every kind.
 */
export interface ElementBehaviour<E extends PlanElement = PlanElement> {
  /** A token has come and its inputs are mapped: wait (`waitAt`) or go on (`complete`). A failure leaves nothing done. */
  enter(token: Token<E>, run: Run): Failure | undefined;
  /** The awaited occurrence. Only for kinds that wait for an event, a job or a call. */
  resume?(run: Run, wait: Wait, occurrence: Occurrence): void;
  /** An operator retries the wait; its incident has been cleared and its key stays the same. */
  retry?(run: Run, wait: Wait): void;
  /** Which outgoing flows are taken; without it the conditions decide. */
  choose?(token: Token<E>, run: Run): FlowId[] | Failure;
  /** It is complete: what becomes of its token. Without it, its local variables end and the flows are taken. */
  leave?(token: Token<E>, run: Run): void;
  /** It was cancelled and its wait removed: cleans up what must not remain. */
  cancel?(run: Run, wait: Wait): void;
  /** Tokens of several flows are gathered here. */
  join?: JoinBehaviour;
  /** No token can move: something of this kind may go on now. @returns whether something did */
  settle?(run: Run): boolean;
}

/** A kind that contains tokens. */
export interface ScopeBehaviour<E extends PlanElement = PlanElement> extends ElementBehaviour<E> {
  /** Its last token is gone. */
  emptied(run: Run, scope: WaitOf<'scope'>): void;
  /** An event subprocess takes the place of everything in it. */
  interrupted?(run: Run, scope: WaitOf<'scope'>): void;
  /** Expression to evaluate for a completing child element, as `output` of its token. */
  childOutput?(run: Run, child: Token): Expression | undefined;
  /** An element directly inside is complete. @returns the scope its token ends in, when it does so here instead of taking its flows */
  childCompleted?(run: Run, child: Token): Key | undefined;
}

/**
 * When a join is activated that depends on other tokens: asked once no token can move (`core/joins.ts`). A join that decides on arrival has
 * none of these. Waiting tokens are recorded in a `join` (`elements/join.ts`).
 */
export interface JoinBehaviour {
  /** It is complete, whatever else may arrive. */
  canActivate?(run: Run, join: WaitOf<'join'>): boolean;
  activate?(run: Run, join: WaitOf<'join'>): void;
  /** It waits as long as anything can come by a flow that has no token. */
  awaitsAll?(join: WaitOf<'join'>): boolean;
  /** Nothing more is coming. */
  exhausted?(run: Run, join: WaitOf<'join'>): void;
}

/** Interface of element kinds for the token moves. Part of the run, so that kinds import the moves but not vice versa. */
export interface Kinds {
  behaviourOf(element: PlanElement): ElementBehaviour;
  /** Undefined: it contains no tokens. */
  scopeBehaviourOf(element: PlanElement): ScopeBehaviour | undefined;
  /** A looping activity begins as a whole. */
  enterBody(token: Token, run: Run): Failure | undefined;
  /** One instance or round of a loop, or one handler of a compensation, is complete. */
  instanceDone(run: Run, token: Token): void;
  /** An operator retries a loop whose condition could not be evaluated. */
  retryBody(run: Run, body: WaitOf<'multi'>): void;
  /**
   * No token can move: activates one element that waited for this.
   * @returns whether there was one
   */
  settle(run: Run): boolean;
}

/** What operators tell a running instance to do beside its definition, and what comes of it. */
import type { ElementId, FlowId, LocalizedText, Variables } from '../model/plan.ts';
import type { Command, InstanceState, InstanceStatus, JournalEntry, Key, Refusal, WaitKind } from '../model/types.ts';

export interface StartInstruction {
  type: 'start';
  element: ElementId;
  /** `before`: the element is done; `after`: its outgoing flows are taken. */
  where: 'before' | 'after';
  /** Before a join: the flow the token comes by. */
  flow?: FlowId;
  /** Wait key of the scope, where several could be meant. */
  scope?: Key;
  /** Create the subprocesses it lies in, when they do not run. Nothing in them is started but this. */
  createScopes?: boolean;
  /** Written as results are: to the nearest scope that has them, else to the process. */
  variables?: Variables;
}

export type Instruction =
  | StartInstruction
  /** The token of a wait goes on at another element; what it was at is cancelled. */
  | (Omit<StartInstruction, 'type' | 'element' | 'where'> & {
      type: 'move';
      key: Key;
      to: ElementId;
      where?: 'before' | 'after';
    })
  | { type: 'cancel'; key: Key };

/**
 * What many instances are told alike: `key` is another one in each, so that it may be named by its element. All that waits there is
 * meant, and an instance where nothing does is left alone (`nothing-there`).
 */
export type ElementInstruction =
  | Instruction
  | (Omit<Extract<Instruction, { type: 'move' }>, 'key'> & { from: ElementId })
  | { type: 'cancel'; element: ElementId };

/** One wait that is there before or after, but not both. */
export interface ModificationLine {
  outcome: 'cancelled' | 'created';
  key: Key;
  element: ElementId;
  elementName: string;
  kind: WaitKind;
  /** An incident it would have at once: its code. */
  incident?: string;
  words: LocalizedText;
}

export interface ModificationResult {
  report: ModificationLine[];
  /** How the instance would stand after it. */
  status: InstanceStatus;
  /** Why nothing was done; the state is as it was. */
  refusal?: Refusal;
  state?: InstanceState;
  commands?: Command[];
  journal?: JournalEntry[];
}

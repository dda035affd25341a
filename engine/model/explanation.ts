/** `explain`: what an instance waits for, in words. Implemented in `explain.ts` of the engine. */

import type { WhyThisDate } from '../time/why.ts';
import type { Incident } from './incidents.ts';
import type { ElementId, LocalizedText, Plan } from './plan.ts';
import type { ClockRecord, InstanceState } from './state.ts';
import type { Env } from './step-result.ts';
import type { InstanceStatus, Key, WaitKind } from './waits.ts';

export interface WaitExplanation {
  key: Key;
  element: ElementId;
  elementName: string;
  /** Where its definition brings one. */
  elementEnglishName?: string;
  kind: WaitKind;
  /** What it waits for, in a sentence. */
  what: LocalizedText;
  since: string;
  /** Of an event that hangs on another wait (a boundary event, the start of an event subprocess): the key of that one. */
  guards?: Key;
  until?: string;
  overdue: boolean;
  who: { assignee?: string; groups: string[]; users: string[] };
  /** Why `until` is what it is. */
  why?: WhyThisDate;
  /** Whether anything can still move it; if not, `problem` says why. */
  canMove: boolean;
  problem?: LocalizedText;
  /** It could continue, but nothing deployed triggers it: who would have to. */
  notice?: LocalizedText;
  incident?: Incident;
}

export interface Explanation {
  at: string;
  instance: string;
  status: InstanceStatus;
  summary: LocalizedText;
  waits: WaitExplanation[];
  clocks: (ClockRecord & { englishName?: string; why?: WhyThisDate })[];
}

export type Explain = (plan: Plan, state: InstanceState, env: Env, around?: ExplainContext) => Explanation;

/** Display names of people and processes; ids without a known name are shown as they are. */
export interface KnownNames {
  /** By staff id. */
  people?: Readonly<Record<string, string>>;
  /** By key. */
  processes?: Readonly<Record<string, LocalizedText>>;
}

/** What the caller knows of the context of an instance; absent parts are not explained. */
export interface ExplainContext {
  /** Messages that deployed definitions send; a name worked out while one runs begins with `=`. */
  messages?: readonly string[];
  /** The same of signals. */
  signals?: readonly string[];
  /** Called instances by workflow id, with the number of their incidents. */
  called?: Readonly<Record<string, { status: InstanceStatus; stuck: number }>>;
  names?: KnownNames;
}

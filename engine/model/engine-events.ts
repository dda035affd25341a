/** What comes in: everything that can happen to an instance. */

import type { WorkingCalendar } from '../time/calendar.ts';
import type { Actor, Key, TaskAction } from './acts.ts';
import type { IncidentParams } from './incidents.ts';
import type { ElementId, Variables } from './plan.ts';

/** What happens to an instance. Unknown keys are late events: they change nothing. */
export type EngineEvent =
  /** `descendants`: so many has its root, as many as it may; it begins with an incident, and a retry starts it. */
  | { type: 'start'; variables: Variables; startEvent?: ElementId; by?: Actor; descendants?: number }
  /** `part` is the command's: with listeners several jobs stand under one key, one after the other, and an answer is for one of them. */
  | { type: 'job-completed'; key: Key; variables: Variables; part?: string }
  /** `errorCode` makes it a BPMN error that boundary events and event subprocesses may catch. */
  | {
      type: 'job-failed';
      key: Key;
      code: string;
      message: string;
      /** A failure of the runtime, which has words in both languages; absent: `message` is what the job said. */
      params?: IncidentParams;
      errorCode?: string;
      variables?: Variables;
      part?: string;
    }
  | { type: 'timer'; key: Key; trigger: number }
  | {
      type: 'message';
      id: string;
      name: string;
      correlationKey?: string;
      variables: Variables;
      timeToLive?: string;
      by?: Actor;
    }
  | { type: 'signal'; id?: string; name: string; variables: Variables }
  | { type: 'task'; key: Key; action: TaskAction; by: Actor }
  /** A task has no possible performer: its assignee is unknown or disabled, or none of its candidates exists. `assignee`: the one that was checked. */
  | { type: 'task-unassignable'; key: Key; code: 'unknown-assignee' | 'no-eligible-user'; assignee: string | null }
  | { type: 'call-completed'; key: Key; variables: Variables }
  | {
      type: 'call-failed';
      key: Key;
      code: string;
      message: string;
      /** As of `job-failed`. */
      params?: IncidentParams;
      errorCode?: string;
      /** Final variables of the called process; all of them only if the call activity propagates them, otherwise those its mappings read. */
      brought?: Variables;
    }
  /** The called instance threw an escalation that was not caught there; it continues. */
  | { type: 'call-escalated'; key: Key; code: string; variables: Variables }
  /** Ops: try again what an incident stopped. */
  | { type: 'retry'; key: Key; by: Actor }
  /** By operators: continue from an incident as if the element were complete, with the variables given. */
  | { type: 'skip'; key: Key; reason: string; variables?: Variables; by: Actor }
  | { type: 'set-variables'; scope?: Key; variables: Variables; by: Actor }
  | { type: 'cancel'; reason: string; by: Actor }
  /** A new notice: due dates resting on provisional days are worked out again. */
  | { type: 'calendar'; calendar: WorkingCalendar };

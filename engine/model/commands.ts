/** What goes out for the runtime to do. */
import type { ElementId, Variables } from './plan.ts';
import type { ClockRecord } from './state.ts';
import type { InstanceStatus, Key } from './waits.ts';

/** What the runtime shall do. `drop` ends whatever hangs on that key (timer, job, call). */
export type Command =
  | {
      do: 'run-job';
      key: Key;
      element: ElementId;
      type: string;
      input: Variables;
      headers: Record<string, string>;
      retries: number;
      /** The listener it is: `<event>:<place>`. Its answer names it too. */
      part?: string;
    }
  | { do: 'arm-timer'; key: Key; trigger: number; element: ElementId; dueAt: string }
  | {
      do: 'call';
      key: Key;
      element: ElementId;
      process: string;
      binding: string;
      businessKey: string;
      variables: Variables;
    }
  | { do: 'drop'; key: Key }
  /** A message for whoever waits for it, in another instance or none (throw and end events, send tasks without a job). */
  | { do: 'publish-message'; key: Key; element: ElementId; name: string; correlationKey?: string; variables: Variables }
  /** Within this instance it is delivered already: the event that comes back to it carries `id` and reaches only what was armed later, beside it. */
  | { do: 'broadcast-signal'; id: string; key: Key; element: ElementId; name: string; variables: Variables }
  /** An uncaught escalation, to be reported to the calling instance, if any. */
  | { do: 'escalate'; key: Key; element: ElementId; code: string; variables: Variables }
  /** A limit was crossed: tell these roles. */
  | { do: 'tell'; key: Key; element: ElementId; clock: ClockRecord }
  | {
      do: 'end';
      status: Exclude<InstanceStatus, 'active'>;
      variables: Variables;
      error?: { code: string; message: string };
    };

export type RunJob = Extract<Command, { do: 'run-job' }>;

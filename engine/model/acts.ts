/** Actors, keys of waits, and acts on tasks. */
import type { Variables } from './plan.ts';

/** Key of a wait: a counter per instance, never reused, so that a late event for a removed wait is ignored. */
export type Key = string;

/** Who acts: a staff id (never a name) and the role acted in. `system` for the engine itself. */
export interface Actor {
  id: string;
  role?: string;
}

/** Acts on a user task (`engine/task/`). `return` gives it back to its candidates with a reason. */
export type TaskAction =
  | { type: 'claim' }
  | { type: 'unclaim' }
  | { type: 'assign'; assignee: string }
  | { type: 'return'; reason: string }
  | { type: 'complete'; variables: Variables };

/**
 * Register of changes in the engine's event processing. An instance keeps the engine revision it started with, in its
 * state; step, validators and queries depend on it. How to make a change: docs/behaviour-changes.md.
 */
import type { ActiveChange, BehaviourChange } from '../model/behaviour-change.ts';
import type { InstanceState } from '../model/types.ts';

/** What new instances begin with: 1 for the first engine, then the number of the newest change. */
export const ENGINE_REVISION = 1;

/** The newest released revision: its golden traces are not recorded again. 0 before the first release. */
export const RELEASED_REVISION = 0;

/** By id; the numbers begin at 2, because revision 1 is the engine without any change. */
export const engineChanges = {} as const satisfies Record<string, BehaviourChange>;

const byId: Record<string, BehaviourChange> = engineChanges;

/** Whether the instance began with this revision of the engine or a later one. */
export const isAtLeast = ({ revision }: Pick<InstanceState, 'revision'>, number: number): boolean => revision >= number;

/** Whether the instance began with this change. Within a step: `includesChange(run.before, …)`. */
export const includesChange = (
  state: Pick<InstanceState, 'revision'>,
  change: ActiveChange<typeof engineChanges>,
): boolean => isAtLeast(state, byId[change]!.number);

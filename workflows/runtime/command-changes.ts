/**
 * Register of changes in the commands that are sent to Temporal (activities, timers, children, search attributes, their order), and the
 * only place that calls `patched`. What a step of the engine decides belongs to `engine/core/revision.ts`. How to make a change:
 * docs/behaviour-changes.md.
 */
import { deprecatePatch, patched } from '@temporalio/workflow';
import type { ActiveChange, BehaviourChange } from '../../engine/model/behaviour-change.ts';

/** By patch id, as it stands in histories; the numbers begin at 1. */
export const commandChanges = {
  'sealed-copies-refused': {
    number: 1,
    what: 'A copy of a sealed update, of a schedule too, is refused under whatever id, and so is a broadcast sealed by a person that does not name the instance; before, both were accepted.',
    since: '2026-11-30',
    history: 'sealed-copies-accepted',
    removable: 'When no run begun before it is kept any more.',
  },
  'calls-admitted': {
    number: 2,
    what: 'A local activity counts calls among the descendants of the root before they are made; before, they were made at once.',
    since: '2026-11-30',
    history: 'kind-call',
    removable: 'When no run begun before it is kept any more.',
  },
} as const satisfies Record<string, BehaviourChange>;

export type CommandChange = ActiveChange<typeof commandChanges>;

/**
 * Whether this run sends the commands of after the change: decided when it is first asked live, and written into the history then. So ask
 * only where the answer makes a difference.
 */
export const includesCommandChange = (change: CommandChange): boolean => patched(change);

/** In place of the question when its old branch is gone and histories with the marker may still be replayed. */
export const retireCommandChange = (change: CommandChange): void => deprecatePatch(change);

/**
 * A cancellation request (Temporal UI) becomes the engine's `cancel`, which ends open waits in order. Therefore nothing
 * may run in the workflow's root cancellation scope, whose cancellation would end it immediately.
 */
import { CancellationScope } from '@temporalio/workflow';
import { perWorkflow } from './per-workflow.ts';

/** The scope in which everything of this workflow runs. */
const uncancellableScope = perWorkflow(() => new CancellationScope({ cancellable: false }));

/** A scope that only the runtime cancels. */
export const newCancellableScope = (): CancellationScope =>
  new CancellationScope({ cancellable: true, parent: uncancellableScope() });

export const uncancellable = <T>(work: () => Promise<T>): Promise<T> => uncancellableScope().run(work);

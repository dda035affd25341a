/**
 * A request to cancel the workflow (Temporal UI) becomes the engine's `cancel`, which ends what is open in order. So nothing the
 * runtime starts may hang on the workflow's own cancellation scope, which would tear it away at once.
 */
import { CancellationScope } from '@temporalio/workflow';
import { perWorkflow } from './per-workflow.ts';

/** The scope that everything of this workflow lives in. */
const uncancellableScope = perWorkflow(() => new CancellationScope({ cancellable: false }));

/** A scope that only we can cancel. */
export const newCancellableScope = (): CancellationScope =>
  new CancellationScope({ cancellable: true, parent: uncancellableScope() });

export const uncancellable = <T>(work: () => Promise<T>): Promise<T> => uncancellableScope().run(work);

/**
 * A request to cancel the workflow (Temporal UI) becomes the engine's `cancel`, which ends what is open in order. So nothing the
 * runtime starts may hang on the workflow's own cancellation scope, which would tear it away at once.
 */
import { CancellationScope } from '@temporalio/workflow';

let shield: CancellationScope | undefined;

/** The scope that everything of this workflow lives in; the sandbox gives each workflow its own copy of this variable. */
function shielding(): CancellationScope {
  shield ??= new CancellationScope({ cancellable: false });
  return shield;
}

/** A scope that only we can cancel. */
export const ownScope = (): CancellationScope => new CancellationScope({ cancellable: true, parent: shielding() });

export const shielded = <T>(work: () => Promise<T>): Promise<T> => shielding().run(work);

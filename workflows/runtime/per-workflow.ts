/**
 * Memory of one workflow. The modules of the workflows are loaded once for all instances of a worker (worker/bundle.ts), so a variable
 * of a module would be shared by them; what belongs to one workflow is found by its root scope.
 */
import { CancellationScope } from '@temporalio/workflow';

function rootScope(): CancellationScope {
  let scope = CancellationScope.current();
  while (scope.parent) scope = scope.parent;
  return scope;
}

/** @param make called at the first use within each workflow */
export function perWorkflow<T extends object>(make: () => T): () => T {
  const made = new WeakMap<CancellationScope, T>();
  return () => {
    const root = rootScope();
    let own = made.get(root);
    if (own === undefined) {
      own = make();
      made.set(root, own);
    }
    return own;
  };
}

/**
 * Memory of one workflow. Workflow modules are loaded once for all instances of a worker (worker/bundle.ts), so module
 * variables would be shared; data of one workflow is found by its root scope.
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

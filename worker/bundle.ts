/** The workflow code the worker runs: prebuilt in production (`npm run build`), bundled from the sources otherwise. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BundleOptions, WorkerOptions } from '@temporalio/worker';

/**
 * Where the workflows begin, and what is loaded once for all of them instead of once per instance: the engine, which is pure.
 * @param root folder of the sources
 */
export function bundleOptions(root: string): Pick<BundleOptions, 'workflowsPath' | 'preloadModules'> {
  return {
    workflowsPath: join(root, 'workflows/index.ts'),
    preloadModules: [
      'engine/feel/evaluator.ts',
      'engine/step.ts',
      'engine/explain.ts',
      'workflows/runtime/plans.ts',
    ].map((module) => join(root, module)),
  };
}

/** @param here `import.meta.url` of the program: dist/worker.js has its bundle beside it */
export function workflowCode(here: string): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath' | 'bundlerOptions'> {
  const codePath = fileURLToPath(new URL('./workflow-bundle.js', here));
  if (existsSync(codePath)) return { workflowBundle: { codePath } };
  const { workflowsPath, preloadModules } = bundleOptions(fileURLToPath(new URL('..', here)));
  return { workflowsPath, bundlerOptions: { preloadModules } };
}

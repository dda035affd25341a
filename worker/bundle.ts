/** The workflow code the worker runs: prebuilt in production (`npm run build`), bundled from the sources otherwise. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BundleOptions, WorkerOptions } from '@temporalio/worker';

type WebpackConfigHook = NonNullable<BundleOptions['webpackConfigHook']>;

/**
 * The bundler writes for ECMAScript 2017, where `{ ...object }` becomes a loop of defineProperty. What Node runs here knows the real
 * one, and the engine copies small objects all day. Not later than 2021: from 2022 on class fields mean something else.
 */
export const modernTarget: WebpackConfigHook = (config) => {
  for (const rule of config.module?.rules ?? []) {
    const use = typeof rule === 'object' && rule ? rule.use : undefined;
    if (typeof use !== 'object' || use === null || Array.isArray(use) || typeof use.options !== 'object') continue;
    const { jsc } = use.options as { jsc?: { target?: string } };
    if (jsc) jsc.target = 'es2021';
  }
  return config;
};

/**
 * Where the workflows begin, and what is loaded once for all of them instead of once per instance: the engine, which is pure.
 * @param root folder of the sources
 */
export function bundleOptions(
  root: string,
): Pick<BundleOptions, 'workflowsPath' | 'preloadModules' | 'webpackConfigHook'> {
  return {
    webpackConfigHook: modernTarget,
    workflowsPath: join(root, 'workflows/index.ts'),
    preloadModules: [
      'engine/feel/evaluator.ts',
      'engine/step.ts',
      'engine/explain.ts',
      'engine/migrate/migrate.ts',
      'engine/modify/modify.ts',
      'workflows/runtime/plans.ts',
    ].map((module) => join(root, module)),
  };
}

/** @param here `import.meta.url` of the program: dist/worker.js has its bundle beside it */
export function workflowCode(here: string): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath' | 'bundlerOptions'> {
  const codePath = fileURLToPath(new URL('./workflow-bundle.js', here));
  if (existsSync(codePath)) return { workflowBundle: { codePath } };
  const { workflowsPath, ...bundlerOptions } = bundleOptions(fileURLToPath(new URL('..', here)));
  return { workflowsPath, bundlerOptions };
}

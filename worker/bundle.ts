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
 * Where the workflows begin. Their modules are loaded once for all instances instead of once per instance, which costs each of them
 * half of its memory and most of the time of its start. So none of them may keep a variable (tests/workflows/modules.test.ts): what
 * belongs to one workflow is made by `runInstance` or `perWorkflow`, and what is shared is pure or found by a hash.
 * @param root folder of the sources
 */
export function bundleOptions(
  root: string,
): Pick<
  BundleOptions,
  'workflowsPath' | 'preloadModules' | 'webpackConfigHook' | 'workflowInterceptorModules' | 'failureConverterPath'
> {
  const workflowsPath = join(root, 'workflows/index.ts');
  const interceptors = join(root, 'workflows/sealing/interceptors.ts');
  const failureConverterPath = join(root, 'temporal/sealing/failure-converter.cjs');
  return {
    webpackConfigHook: modernTarget,
    workflowsPath,
    preloadModules: [workflowsPath, interceptors, failureConverterPath],
    workflowInterceptorModules: [interceptors],
    failureConverterPath,
  };
}

export type WorkflowCode = Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath' | 'bundlerOptions'> & {
  /** For run from sources. */
  interceptors?: string[];
};

/** @param here `import.meta.url` of the program: dist/worker.js has its bundle beside it */
export function workflowCode(here: string): WorkflowCode {
  const codePath = fileURLToPath(new URL('./workflow-bundle.js', here));
  if (existsSync(codePath)) return { workflowBundle: { codePath } };
  const { workflowsPath, workflowInterceptorModules, preloadModules, webpackConfigHook } = bundleOptions(
    fileURLToPath(new URL('..', here)),
  );
  const bundlerOptions = { preloadModules, webpackConfigHook };
  return { workflowsPath, bundlerOptions, interceptors: workflowInterceptorModules ?? [] };
}

/** Loads definitions by local activities, so that the history contains what an instance runs on. */

import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { Activities } from '../../activities/types.ts';
import { refusal } from '../../engine/messages/refusals.ts';
import { uncancellable } from './cancellation-scopes.ts';
import { localActivity, localLimits } from './local-activities.ts';
import { refused } from './update-answers.ts';

type LoadedDefinition = Awaited<ReturnType<Activities['loadDefinition']>>;
type LoadedPlan = Awaited<ReturnType<Activities['loadPlan']>>;

/** Waits for the database indefinitely; an unknown definition fails at once (not retryable). */
export const loadDefinition = (ask: Parameters<Activities['loadDefinition']>[0]): Promise<LoadedDefinition> =>
  uncancellable(() =>
    localActivity<LoadedDefinition>('loadDefinition', [ask], {
      ...localLimits,
      retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '1m' },
      summary: '载入流程定义',
    }),
  );

/**
 * The plan of another version. Waits for the database; a caller that timed out repeats under the same id.
 * @throws a refusal when that version is not deployed
 */
export async function loadPlan(ask: Parameters<Activities['loadPlan']>[0]): Promise<LoadedPlan> {
  try {
    return await uncancellable(() =>
      localActivity<LoadedPlan>('loadPlan', [ask], {
        ...localLimits,
        retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s' },
        summary: '载入新版流程',
      }),
    );
  } catch (error) {
    const cause = error instanceof ActivityFailure ? error.cause : error;
    if (cause instanceof ApplicationFailure && cause.type === 'UnknownDefinition')
      throw refused(refusal('unknown-version'));
    throw error;
  }
}

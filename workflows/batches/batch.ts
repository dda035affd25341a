/**
 * Workflow type `batch`: works off a batch of changes to the end, whoever asked for it being gone or not. What is to be done and what
 * became of it stands in the database (store/runtime/batches.ts); a few seconds of it are one activity.
 */
import { continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../../activities/types.ts';

const { workOffBatch } = proxyActivities<Pick<Activities, 'workOffBatch'>>({
  startToCloseTimeout: '2m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** @param id of the batch */
export async function batch(id: string): Promise<void> {
  while ((await workOffBatch(id)).left)
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof batch>(id);
}

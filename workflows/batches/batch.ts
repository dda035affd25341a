/**
 * Workflow type `batch`: processes a batch of changes to the end, independent of its requester. Items and outcomes are
 * in the database (store/runtime/batches.ts); one activity handles a few seconds of work.
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

/** A process whose end the server refuses, once something else comes between the rows of the end and the end itself. */
import { messageActivities } from '../../activities/runtime/messages.ts';
import type { Activities } from '../../activities/types.ts';
import type { Plan } from '../../engine/model/plan.ts';
import { createMessenger } from '../../temporal/messenger.ts';
import { aPlan, literal } from '../engine/support/plan.ts';
import type { Runtime } from './runtime.ts';

/** Whoever approves ends all; unless the signal `doubt` came first, which puts another task in the place of the approval. */
export const refusablePlan: Plan = aPlan('refusable')
  .add('startEvent', 'Start')
  .add('userTask', 'Approve', { name: '审批', user: {} })
  .add('userTask', 'Watch', { name: '观察', user: {} })
  .add('userTask', 'Reconsider', { name: '复议', user: {} })
  .boundary('Approve', 'Doubt', { interrupting: true, events: [{ type: 'signal', name: literal('doubt') }] })
  .add('endEvent', 'Over', { events: [{ type: 'terminate' }] })
  .add('endEvent', 'Watched')
  .add('endEvent', 'Reconsidered')
  .flow('Start', 'Approve', 'Over')
  .flow('Start', 'Watch', 'Watched')
  .flow('Doubt', 'Reconsider', 'Reconsidered')
  .build();

/** From now on: the first time that rows of an end are written, something else comes before the server is told of the end. */
export async function whileEnding(runtime: Runtime, comes: () => Promise<void>): Promise<{ ends(): number }> {
  const shipped = messageActivities(createMessenger(runtime.client, runtime.taskQueue));
  let ends = 0;
  const project: Activities['project'] = async (rows) => {
    const otherwise = await shipped.project(rows);
    if (rows.instance.status !== 'active') {
      ends += 1;
      if (ends === 1) await comes();
    }
    return otherwise;
  };
  await runtime.stopWorker();
  await runtime.startWorker({ project });
  return { ends: () => ends };
}

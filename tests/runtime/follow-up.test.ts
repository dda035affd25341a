/** Follow-up chains on real servers, ahead of time by the process clock. */
import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { localDate } from '../../engine/time/zone.ts';
import { listMessagesOf } from '../../store/messaging/outbox.ts';
import { savePatient } from '../../store/patients/patients.ts';
import { findComplaint } from '../../store/processes/complaint/complaints.ts';
import { findFollowUp } from '../../store/processes/followUp/follow-up-store.ts';
import { findInstance } from '../../store/runtime/instances.ts';
import { createMessenger } from '../../temporal/messenger.ts';
import { runMessageRound } from '../../worker/message-round.ts';
import { type FollowUpStatus, followUpStatusQuery } from '../../workflows/processes/followUp/messages.ts';
import { day, facts } from '../definitions/follow-up/builders.ts';
import { deployShipped } from '../support/definitions.ts';
import { eventually, type Runtime, startRuntime, taskAt } from '../support/runtime.ts';

let runtime: Runtime;
beforeAll(async () => {
  const servers = { temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') };
  runtime = await startRuntime(servers, []);
  for (const process of ['refund', 'complaint', 'followUp']) await deployShipped(runtime, process);
});
afterAll(() => runtime.close());

const caller = { id: 'callback-bj', role: 'callback' };

/** @param speed process seconds per second */
async function aChain(
  days: object,
  speed: number,
): Promise<{ chain: string; handle: WorkflowHandle; patient: string }> {
  const patient = `P-${randomUUID().slice(0, 8)}`;
  const chain = `BJ-${patient}`;
  await savePatient({ _id: patient, facility: 'BJ', details: { name: '王女士', phone: '13812345678' }, sequence: 1 });
  const handle = await runtime.start('followUp', {
    businessKey: chain,
    startEvent: 'EpisodeBegun',
    speed,
    variables: { ...facts({ days }), patient, episode: chain },
  });
  return { chain, handle, patient };
}
const today = () => localDate(new Date().toISOString(), 'Asia/Shanghai');

test('a call on its day, its answers, and a complaint out of it with the data copied', async () => {
  const { chain, handle, patient } = await aChain({ firstVisit: day(today(), 'V1') }, 20_000);
  const { key } = await taskAt(handle, 'CallPatient');
  const variables = { outcome: 'reached', overall: '2', remark: '等候太久', openComplaint: true };
  await runtime.act(handle, { key, by: caller, action: { type: 'complete', variables } });
  const touch = await eventually(async () =>
    (await findFollowUp(chain))?.touches.find((one) => one.caseNumber !== undefined),
  );
  expect(touch).toMatchObject({ state: 'reached', score: 40 });
  const caseNumber = touch.caseNumber ?? '';
  expect((await findComplaint(caseNumber))?.intake).toMatchObject({
    channel: 'callback',
    patient: { name: '王女士', phone: '13812345678', recordNumber: patient },
    text: '等候太久',
    registeredBy: 'callback-bj',
  });
  expect(await runMessageRound(createMessenger(runtime.client, runtime.taskQueue), { expired: () => {} })).toEqual([]);
  await eventually(async () => (await findInstance(`complaint/${caseNumber}`)) !== null);
  const status = await handle.query<FollowUpStatus>(followUpStatusQuery);
  expect(status).toMatchObject({ episode: chain, status: 'active', planned: [], whyNot: [] });
  expect(status.done.map((one) => one.touch)).toEqual(['first-visit-thanks', 'first-visit-satisfaction']);
  await handle.terminate();
});

test('a year of touches, each once or with the reason, with the worker stopped in between', async () => {
  const days = { surgery: day(today(), 'R0'), suturesRemoved: day(today(), 'R0') };
  const { chain, handle } = await aChain(days, 3_000_000);
  await eventually(async () => ((await findFollowUp(chain))?.touches.length ?? 0) > 0);
  await runtime.stopWorker();
  await runtime.startWorker();
  await handle.result();
  const row = await eventually(async () => {
    const found = await findFollowUp(chain);
    return found?.status === 'completed' ? found : undefined;
  });
  expect(row.touches.map((one) => one.touch).sort()).toEqual([
    'midterm-recovery',
    'midterm-surgery',
    'recovery-call',
    'surgery-care-1',
    'surgery-care-12',
    'surgery-care-3',
    'surgery-care-6',
    'sutures-confirmation',
  ]);
  // At this speed a day is over in no time: what fell due while no worker ran is overdue by the next step.
  const sent = row.touches.filter((one) => ['sent', 'message-instead'].includes(one.state));
  expect(row.touches.filter((one) => one.state === 'overdue')).toHaveLength(row.touches.length - sent.length);
  const letters = (await listMessagesOf(handle.workflowId)).filter(({ to }) => to === 'patient');
  expect(letters.map(({ data }) => data?.['touchId']).sort()).toEqual(sent.map(({ id }) => id).sort());
});

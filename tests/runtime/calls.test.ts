import { randomUUID } from 'node:crypto';
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Activities } from '../../activities/types.ts';
import { findRefund } from '../../store/processes/refund/refunds.ts';
import { findInstance } from '../../store/runtime/instances.ts';
import { listJournal } from '../../store/runtime/journal.ts';
import { listTasksOf } from '../../store/runtime/tasks.ts';
import { checkActiveRows, checkTerminations } from '../../worker/termination-watch.ts';
import type { RefundStatus } from '../../workflows/processes/refund/messages.ts';
import { aPlan, literal } from '../engine/support/plan.ts';
import { escalatingPlans } from '../support/escalating.ts';
import { eventually, type Runtime, startRuntime, taskAt } from '../support/runtime.ts';

let runtime: Runtime;
/** Who holds which role; of whoever else is asked, nobody does. */
const deciders: Record<string, string[]> = {
  'cs-director-bj': ['cs-director'],
  'cs-director-2-bj': ['cs-director'],
  'president-bj': ['president'],
  'gm-1': ['gm'],
  // Applies, and may decide on what others apply for.
  'consultant-bj': ['consultant', 'cs-director'],
};
const holdsRole: Activities['holdsRole'] = async ({ staff, role, facility }) =>
  facility === 'BJ' && (deciders[staff]?.includes(role) ?? false);
beforeAll(async () => {
  runtime = await startRuntime(
    { temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') },
    ['caller', 'refund'],
    { holdsRole },
  );
});
afterAll(() => runtime?.close());

const handler = { id: 'handler-bj', role: 'handler' };
const complete = { type: 'complete', variables: {} } as const;
const variables = { limit: 'P7D', applicant: 'consultant-bj' };
const decide = (by: string, role: string, more: object = {}) => ({ decision: 'approve', by, role, ...more });

/** The caller with its task open and its refund under way. */
async function aCall(about: { continueAfter?: number; speed?: number } = {}) {
  const parent = await runtime.start('caller', { variables, ...about });
  await taskAt(parent, 'Work');
  // The row of the instance may come after those of its tasks.
  const call = await eventually(async () => {
    const row = await findInstance(parent.workflowId);
    return row?.waits.find((wait) => wait.kind === 'call');
  });
  const id = `refund/${parent.workflowId.split('/')[1]}-${call.key}`;
  const child = runtime.client.workflow.getHandle(id);
  await taskAt(child, 'Director');
  return { parent, child, callKey: call.key };
}

const runs = async (handle: WorkflowHandle) => (await handle.describe()).raw.workflowExecutionInfo;

async function movedOn(handle: WorkflowHandle): Promise<void> {
  await eventually(async () => {
    const info = await runs(handle);
    return info?.firstRunId !== info?.execution?.runId;
  });
}

test('a child refund decided by signals gives its result to the caller', async () => {
  const { parent, child } = await aCall();
  await child.signal('refundDecision', decide('cs-director-bj', 'cs-director', { id: 'd1' }));
  await child.signal('refundDecision', decide('president-bj', 'president', { id: 'd2' }));
  expect(await child.result()).toMatchObject({ status: 'completed' });
  const { key } = await taskAt(parent, 'Work');
  await runtime.act(parent, { key, action: complete, by: handler });
  expect(await parent.result()).toMatchObject({ status: 'completed', variables: { refundStatus: 'approved' } });
});

test('invalid decisions are refused, shown by the query, and never fail the process', async () => {
  const { child } = await aCall();
  await child.signal('refundDecision', { nonsense: 1 });
  await child.signal('refundDecision');
  await child.signal('unheard-of', 1);
  const pretenders = ['ghost', 'president-bj'];
  for (const one of pretenders) await child.signal('refundDecision', decide(one, 'cs-director', { id: one }));
  await child.signal('refundDecision', decide('cs-director-bj', 'cs-director', { id: 'other', refundId: 'R9' }));
  await child.signal('refundDecision', decide('gm-1', 'gm', { id: 'wrong' }));
  await child.signal('refundDecision', decide('consultant-bj', 'cs-director', { id: 'own' }));
  await child.signal('refundDecision', decide('cs-director-bj', 'cs-director', { id: 'good' }));
  await child.signal('refundDecision', decide('cs-director-bj', 'cs-director', { id: 'good' }));
  await child.signal('refundDecision', decide('cs-director-2-bj', 'cs-director', { id: 'late' }));
  const { decisions, waitsFor } = await eventually(async () => {
    const status = await child.query<RefundStatus>('refundStatus');
    return status.decisions.length === 7 && status;
  });
  expect(decisions).toMatchObject([
    ...pretenders.map((id) => ({ id, result: 'refused', code: 'role-not-held' })),
    { id: 'other', result: 'refused', code: 'other-refund' },
    { id: 'wrong', result: 'refused', code: 'wrong-role' },
    { id: 'own', result: 'refused', code: 'own-application' },
    { id: 'good', result: 'accepted', decision: 'approve' },
    { id: 'late', result: 'refused', code: 'already-decided', decidedBy: { id: 'cs-director-bj' } },
  ]);
  expect(waitsFor).toMatchObject([{ element: 'President', roles: ['president'] }]);
  const refundId = child.workflowId.slice('refund/'.length);
  await eventually(async () => {
    const row = await findRefund(refundId);
    return row?.decisions.length === 7;
  });
});

test('a caller that continued as new still gets the result of its child, its timer and its task', async () => {
  const { parent, child } = await aCall({ continueAfter: 20, speed: 200_000 });
  // Claims make history until the run is long enough.
  const { key } = await taskAt(parent, 'Work');
  for (let n = 0; n < 3; n++) {
    await runtime.act(parent, { key, action: { type: 'claim' }, by: handler }, `claim-${n}`);
    await runtime.act(parent, { key, action: { type: 'unclaim' }, by: handler }, `unclaim-${n}`);
  }
  await movedOn(parent);
  const again = await runtime.act(parent, { key, action: { type: 'claim' }, by: handler }, 'claim-0');
  expect(again.tasks).toMatchObject([{ key, assignee: 'handler-bj' }]);
  await eventually(async () => (await findInstance(parent.workflowId))?.overdue);

  await child.signal('refundDecision', decide('cs-director-bj', 'cs-director'));
  await child.signal('refundDecision', decide('president-bj', 'president'));
  await child.result();
  await eventually(async () => !(await findInstance(parent.workflowId))?.waits.some((wait) => wait.kind === 'call'));
  await runtime.act(parent, { key, action: complete, by: handler });
  expect(await parent.result()).toMatchObject({ status: 'completed', variables: { refundStatus: 'approved' } });
  const described = await parent.describe();
  expect(described.typedSearchAttributes.getAll().map((pair) => pair.key.name)).toContain('ProcessKey');
});

test('updates that meet a continue-as-new are all done, once', async () => {
  const { parent } = await aCall({ continueAfter: 15 });
  const { key } = await taskAt(parent, 'Work');
  for (let n = 0; n < 10; n++) {
    const type = n % 2 === 0 ? 'claim' : 'unclaim';
    const acts = [0, 1].map(() => runtime.act(parent, { key, action: { type }, by: handler }, `act-${n}`));
    const [one, two] = await Promise.all(acts);
    expect(two?.happened).toEqual(one?.happened);
  }
  const { firstRunId, execution } = (await runs(parent)) ?? {};
  expect(firstRunId).not.toBe(execution?.runId);
});

test('a child terminated by an operator becomes an incident at the caller, also after it continued as new', async () => {
  for (const continueAfter of [undefined, 15]) {
    const { parent, child, callKey } = await aCall(continueAfter ? { continueAfter } : {});
    if (continueAfter) {
      const { key } = await taskAt(parent, 'Work');
      for (const type of ['claim', 'unclaim'] as const)
        await runtime.act(parent, { key, action: { type }, by: handler });
      await movedOn(parent);
    }
    const since = new Date(Date.now() - 60_000);
    await child.terminate('by an operator');
    const told = new Set<string>();
    const incidents = await eventually(async () => {
      await checkTerminations(runtime.client, runtime.taskQueue, since, told, () => {});
      const row = await findInstance(parent.workflowId);
      return row?.incidents.length ? row.incidents : null;
    });
    expect(incidents).toMatchObject([{ key: callKey, code: expect.stringMatching(/^call-/) }]);
    expect(await findInstance(child.workflowId)).toMatchObject({ status: 'terminated', waits: [] });
    const lines = await listJournal(child.workflowId, 0, 100);
    expect(lines.at(-1)).toMatchObject({ kind: 'instance-ended', data: { outside: true, reason: 'by an operator' } });

    // Called anew under the same id, the refund begins again and its rows are the newer ones.
    await parent.executeUpdate('retry', { args: [{ key: callKey, by: { id: 'ops-1' } }] });
    const director = await taskAt(child, 'Director');
    expect(director.status).toBe('open');
    await eventually(async () => (await findInstance(child.workflowId))?.status === 'active');
    await runtime.client.workflow
      .getHandle(child.workflowId)
      .signal('refundDecision', decide('cs-director-bj', 'cs-director'));
    await taskAt(child, 'President');
  }
});

test('an instance deleted from Temporal is shown as ended, and its tasks are closed', async () => {
  const { parent, child, callKey } = await aCall();
  const { execution } = (await runs(child)) ?? {};
  await runtime.client.workflowService.deleteWorkflowExecution({
    namespace: runtime.client.options.namespace,
    workflowExecution: { workflowId: child.workflowId, runId: execution?.runId ?? '' },
  });
  await eventually(async () => {
    await checkActiveRows(runtime.client, '', () => {}, 1000);
    return (await findInstance(child.workflowId))?.status === 'terminated';
  });
  expect((await listTasksOf(child.workflowId)).filter((one) => one.status === 'open')).toEqual([]);
  await eventually(async () => (await findInstance(parent.workflowId))?.incidents.some((one) => one.key === callKey));
});

test('cancelling the caller cancels its child', async () => {
  const { parent, child } = await aCall();
  await parent.executeUpdate('cancel', { args: [{ reason: 'withdrawn', by: handler }] });
  expect(await parent.result()).toMatchObject({ status: 'cancelled' });
  await expect(child.result()).rejects.toBeInstanceOf(WorkflowFailedError);
  expect(await findInstance(child.workflowId)).toMatchObject({ status: 'cancelled', waits: [] });
});

test('calling a process that is not deployed is an incident; once it is, a retry continues and the caller keeps its own key', async () => {
  await runtime.deployPlan(
    aPlan('calls-missing')
      .add('startEvent', 'Start')
      .add('callActivity', 'Call', {
        process: literal('missing'),
        binding: 'latest',
        propagateAllParent: true,
        propagateAllChild: true,
      })
      .add('endEvent', 'End')
      .flow('Start', 'Call', 'End')
      .build(),
  );
  const parent = await runtime.start('calls-missing', { businessKey: 'M1' });
  const incidents = () =>
    eventually(async () => {
      const row = await findInstance(parent.workflowId);
      return row?.incidents.length ? row.incidents : null;
    });
  const [incident] = await incidents();
  expect(incident).toMatchObject({
    element: 'Call',
    code: 'call-failed',
    params: { cause: expect.stringContaining('missing is not deployed') },
  });

  await runtime.deployPlan(
    aPlan('missing')
      .add('startEvent', 'Start')
      .add('scriptTask', 'Count', { script: { source: { feel: '1 + 1' }, resultVariable: 'counted' } })
      .add('endEvent', 'End')
      .flow('Start', 'Count', 'End')
      .build(),
  );
  await parent.executeUpdate('retry', { args: [{ key: incident?.key, by: { id: 'ops-1' } }] });
  expect(await parent.result()).toMatchObject({ status: 'completed', variables: { counted: 2, businessKey: 'M1' } });
});

/** An update that meets the end of a run is sent once more, under its id. */
const surely = (...[handle, update]: Parameters<Runtime['act']>) => {
  const id = randomUUID();
  return eventually(() => runtime.act(handle, update, id).catch(() => null));
};

/** The caller with a task made by its called process's first escalation, and that process at its own task. */
async function anEscalation(about: { continueAfter?: number } = {}) {
  for (const plan of escalatingPlans()) await runtime.deployPlan(plan);
  const parent = await runtime.start('escalated', about);
  const { key } = await taskAt(parent, 'Help');
  const row = await findInstance(parent.workflowId);
  const call = row?.waits.find((wait) => wait.kind === 'call');
  const child = runtime.client.workflow.getHandle(`escalating/${row?.businessKey}-${call?.key}`);
  return { parent, help: key, child, answer: (await taskAt(child, 'Answer')).key };
}

const kinds = async (handle: WorkflowHandle) => (await listJournal(handle.workflowId, 0, 200)).map(({ kind }) => kind);

test('an escalation of a called process is caught without interrupting it, another one interrupts it, and an uncaught one is journaled', async () => {
  for (const about of [{}, { continueAfter: 1 }]) {
    const { parent, help, child, answer } = await anEscalation(about);
    const variables = { refuse: false };
    await surely(child, { key: answer, action: { type: 'complete', variables }, by: handler });
    await expect(child.result()).rejects.toBeInstanceOf(WorkflowFailedError);
    expect(await findInstance(child.workflowId)).toMatchObject({ status: 'cancelled', waits: [] });
    await surely(parent, { key: help, action: complete, by: handler });
    const outcome = await parent.result();
    expect(outcome).toMatchObject({ status: 'completed', variables: { heard: 'stop', days: 3 } });
    expect(outcome).toMatchObject({ variables: { businessKey: parent.workflowId.split('/')[1] } });
    expect((await kinds(parent)).filter((kind) => kind === 'escalation-uncaught')).toHaveLength(1);
    expect((await kinds(child)).filter((kind) => kind === 'escalation-uncaught')).toHaveLength(3);
  }
});

test('an error of a called process brings its code and data, and leaves the caller its own key', async () => {
  for (const about of [{}, { continueAfter: 1 }]) {
    const { parent, help, child, answer } = await anEscalation(about);
    const variables = { refuse: true, because: 4 };
    await surely(child, { key: answer, action: { type: 'complete', variables }, by: handler });
    await surely(parent, { key: help, action: complete, by: handler });
    const businessKey = parent.workflowId.split('/')[1];
    expect(await parent.result()).toMatchObject({ variables: { heard: 'refused', because: 4, businessKey } });
  }
});

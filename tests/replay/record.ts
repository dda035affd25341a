/**
 * Records golden histories of real runs into tests/histories (`npm run histories`). They are replayed with every later bundle: a change
 * of the interpreter that would break running instances fails there. Record again only with a new scenario, never to make a test pass.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Connection, WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { NativeConnection } from '@temporalio/worker';
import { compile } from '../../engine/compile/index.ts';
import { operatorRole } from '../../engine/model/roles.ts';
import { localDate } from '../../engine/time/zone.ts';
import { startMongodb } from '../../scripts/servers/mongodb.ts';
import { freePort } from '../../scripts/servers/ports.ts';
import { startTemporal } from '../../scripts/servers/temporal.ts';
import { saveJobType } from '../../store/definitions/job-types.ts';
import { savePatient } from '../../store/patients/patients.ts';
import { savePayment } from '../../store/processes/refund/payments.ts';
import { findInstance, findMessageListeners } from '../../store/runtime/instances.ts';
import { listJournal } from '../../store/runtime/journal.ts';
import { writeProjection } from '../../store/runtime/projection.ts';
import { createMessenger } from '../../temporal/messenger.ts';
import { maySendAgain } from '../../temporal/outcomes.ts';
import { createGenericWorker } from '../../worker/generic.ts';
import { runMessageRound } from '../../worker/message-round.ts';
import { patientStopped } from '../../workflows/processes/followUp/messages.ts';
import { signalNames } from '../../workflows/runtime/instance-messages.ts';
import { day, facts } from '../definitions/follow-up/builders.ts';
import { around, diagramXml } from '../engine/compile/builders.ts';
import { aPlan, feel, literal } from '../engine/support/plan.ts';
import { openLab } from '../runtime/proof/lab.ts';
import { modelsOfEachKind, prepareRandom, runRandom, work } from '../runtime/proof/random.ts';
import { laterPatience } from '../support/changed-patience.ts';
import { deployShipped } from '../support/definitions.ts';
import { escalatingPlans } from '../support/escalating.ts';
import { testKeys } from '../support/keys.ts';
import { decideBySignal, play, refundedComplaint } from '../support/play.ts';
import { refusablePlan, whileEnding } from '../support/refusable.ts';
import { roundsTwice, startRounds, wholeLife } from '../support/rounds.ts';
import { eventually, firstTask, type Runtime, startRuntime, taskAt } from '../support/runtime.ts';
import { acceptedUpdates, clientOfPerson, copyingClient } from '../support/sealed-payloads.ts';
import { saveRefundStaff } from '../support/staff.ts';

const folder = fileURLToPath(new URL('../histories/', import.meta.url));
const caller = { id: 'callback-bj', role: 'callback' };
const handler = { id: 'handler-bj', role: 'handler' };
const complete = { type: 'complete', variables: {} } as const;
let paymentFails = false;

/** Stops at a script that reads a variable nobody gave. */
const unpriced = diagramXml(
  around(
    '<bpmn:scriptTask id="A" name="计算"><bpmn:extensionElements><zeebe:script expression="=price * 2" resultVariable="total"/></bpmn:extensionElements></bpmn:scriptTask>',
  ),
).replace('id="P"', 'id="pricing"');

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Stack traces in it name no folder of this machine. */
const textOf = (history: Parameters<typeof historyToJSON>[0]): string =>
  `${JSON.stringify(JSON.parse(historyToJSON(history)))}\n`.replaceAll(root, '');

async function save(runtime: Runtime, name: string, handle: WorkflowHandle, runId?: string): Promise<void> {
  const history = await runtime.client.workflow.getHandle(handle.workflowId, runId).fetchHistory();
  await writeFile(join(folder, `${name}.json`), textOf(history));
  console.log(`${name}: ${history.events?.length} events`);
}

const scenarios: Record<string, (runtime: Runtime) => Promise<void>> = {
  async 'two-tasks'(runtime) {
    const handle = await runtime.start('two-tasks');
    const { key } = await firstTask(handle);
    await runtime.act(handle, { key, action: { type: 'claim' }, by: handler });
    await runtime.act(handle, { key, action: complete, by: handler });
    const second = await taskAt(handle, 'Second');
    await runtime.act(handle, { key: second.key, action: complete, by: { id: 'president-bj', role: 'president' } });
    await handle.result();
    await save(runtime, 'two-tasks', handle);
  },
  /** A second token of a flow is one of the gateway's next round, and an ad-hoc subprocess collects what its branches bring. */
  async 'gateway-rounds'(runtime) {
    const plan = aPlan('gateway-rounds')
      .add('parallelGateway', 'Fork')
      .add('userTask', 'Again')
      .add('userTask', 'A', { completionQuantity: 2 })
      .add('complexGateway', 'First', { activationCondition: feel('activationCount >= 1') })
      .scope(
        'adHocSubProcess',
        'Collect',
        (inside) => inside.add('scriptTask', 'One', { script: { source: feel('1'), resultVariable: 'one' } }),
        { collects: { into: 'all', element: feel('one') } },
      )
      .flow('Fork', 'A', 'First')
      .flow('Fork', 'Again', 'First', 'Collect')
      .build();
    await runtime.deployPlan(plan);
    const handle = await runtime.start('gateway-rounds');
    for (const element of ['A', 'Again']) {
      const { key } = await taskAt(handle, element);
      await runtime.act(handle, { key, action: complete, by: handler });
    }
    await handle.result();
    await save(runtime, 'gateway-rounds', handle);
  },
  /** Rows of an end that the server refused, put right after a signal that nobody waits for. */
  async 'rows-corrected'(runtime) {
    await runtime.deployPlan(refusablePlan);
    const handle = await runtime.start('refusable');
    const { key } = await taskAt(handle, 'Approve');
    await whileEnding(runtime, () => handle.signal('broadcast', { name: 'nobody-listens', variables: {} }));
    await runtime.act(handle, { key, action: complete, by: handler }).catch((error: unknown) => {
      if (!maySendAgain(error)) throw error;
    });
    const { key: again } = await taskAt(handle, 'Approve');
    await runtime.act(handle, { key: again, action: complete, by: handler });
    await handle.result();
    await save(runtime, 'rows-corrected', handle);
  },
  /** The database does not answer at all: the rows are written at the second attempt. */
  async 'rows-late'(runtime) {
    await runtime.stopWorker();
    let attempts = 0;
    await runtime.startWorker({
      async project(rows) {
        attempts += 1;
        if (attempts === 1) await new Promise((resolve) => setTimeout(resolve, 12_000));
        const found = await writeProjection(rows);
        return found && { found };
      },
    });
    const handle = await runtime.start('two-tasks');
    const { key } = await firstTask(handle);
    await runtime.act(handle, { key, action: complete, by: handler });
    const second = await taskAt(handle, 'Second');
    await runtime.act(handle, { key: second.key, action: complete, by: { id: 'president-bj', role: 'president' } });
    await handle.result();
    await save(runtime, 'rows-late', handle);
  },
  async 'limit-breached'(runtime) {
    const handle = await runtime.start('patience', { variables: { limit: 'P7D' }, speed: 1_000_000 });
    const { key } = await firstTask(handle);
    await eventually(async () => (await findInstance(handle.workflowId))?.overdue);
    await runtime.act(handle, { key, action: complete, by: handler });
    await handle.result();
    await save(runtime, 'limit-breached', handle);
  },
  /** Who throws a signal goes on last: a branch beside it hears the signal, what comes after the throw does not. */
  async 'signal-heard-beside'(runtime) {
    const fire = { events: [{ type: 'signal' as const, name: literal('fire') }] };
    await runtime.deployPlan(
      aPlan('heard-beside')
        .add('startEvent', 'Start')
        .add('parallelGateway', 'Both')
        .add('intermediateThrowEvent', 'Throw', fire)
        .add('intermediateCatchEvent', 'HearNext', fire)
        .add('intermediateCatchEvent', 'HearBeside', fire)
        .add('userTask', 'Work')
        .add('endEvent', 'End')
        .flow('Start', 'Both', 'Throw', 'HearNext', 'End')
        .flow('Both', 'HearBeside', 'Work', 'End')
        .build(),
    );
    const handle = await runtime.start('heard-beside');
    const { key } = await taskAt(handle, 'Work');
    await runtime.act(handle, { key, action: complete, by: handler });
    await handle.signal('broadcast', { id: 'another', name: 'fire', variables: {} });
    await handle.result();
    await save(runtime, 'signal-heard-beside', handle);
  },
  /** Its clock begins when it was started, not at its first workflow task. */
  async 'clock-from-start'(runtime) {
    const handle = await runtime.start('patience', { variables: { limit: 'P7D' }, speed: 1_000_000 });
    const { key } = await firstTask(handle);
    await eventually(async () => (await findInstance(handle.workflowId))?.overdue);
    await runtime.act(handle, { key, action: complete, by: handler });
    await handle.result();
    await save(runtime, 'clock-from-start', handle);
  },
  async 'incident-retried'(runtime) {
    paymentFails = true;
    const handle = await runtime.start('payment');
    const [incident] = await eventually(async () => {
      const row = await findInstance(handle.workflowId);
      return row?.incidents.length ? row.incidents : null;
    });
    paymentFails = false;
    await handle.executeUpdate('setVariables', { args: [{ variables: { note: 'checked' }, by: { id: 'ops-1' } }] });
    await handle.executeUpdate('retry', { args: [{ key: incident?.key, by: { id: 'ops-1' } }] });
    await handle.result();
    await save(runtime, 'incident-retried', handle);
  },
  async 'nothing-changed'(runtime) {
    const handle = await runtime.start('patience', { variables: { limit: 'P7D' } });
    const { key } = await firstTask(handle);
    await handle.executeUpdate('setVariables', { args: [{ variables: { limit: 'P7D' }, by: handler }] });
    await runtime.act(handle, { key, action: complete, by: handler });
    await handle.result();
    await save(runtime, 'nothing-changed', handle);
  },
  async cancelled(runtime) {
    const handle = await runtime.start('patience', { variables: { limit: 'P7D' } });
    await firstTask(handle);
    await handle.executeUpdate('cancel', { args: [{ reason: 'withdrawn', by: handler }] });
    await handle.result();
    await save(runtime, 'cancelled', handle);
  },
  async 'caller-continued'(runtime) {
    await saveRefundStaff();
    const variables = { limit: 'P7D', applicant: 'consultant-bj' };
    const handle = await runtime.start('caller', { variables, continueAfter: 20 });
    const { key } = await taskAt(handle, 'Work');
    for (const type of ['claim', 'unclaim', 'claim'] as const)
      await runtime.act(handle, { key, action: { type }, by: handler });
    const firstRun = (await handle.describe()).raw.workflowExecutionInfo?.firstRunId ?? '';
    await eventually(async () => (await handle.describe()).runId !== firstRun);
    const row = await findInstance(handle.workflowId);
    const call = row?.waits.find((wait) => wait.kind === 'call');
    const child = runtime.client.workflow.getHandle(`refund/${row?.businessKey}-${call?.key}`);
    for (const [by, role] of [
      ['cs-director-bj', 'cs-director'],
      ['president-bj', 'president'],
    ])
      await child.signal('refundDecision', { decision: 'approve', by, role });
    await child.result();
    await eventually(async () => !(await findInstance(handle.workflowId))?.waits.some((wait) => wait.kind === 'call'));
    await runtime.act(handle, { key, action: complete, by: handler });
    await handle.result();
    await save(runtime, 'caller-first-run', handle, firstRun);
    await save(runtime, 'caller-last-run', handle);
    await save(runtime, 'called-refund', child);
  },
  async escalated(runtime) {
    for (const plan of escalatingPlans()) await runtime.deployPlan(plan);
    for (const refuse of [false, true]) {
      const handle = await runtime.start('escalated');
      const { key } = await taskAt(handle, 'Help');
      const row = await findInstance(handle.workflowId);
      const call = row?.waits.find((wait) => wait.kind === 'call');
      const child = runtime.client.workflow.getHandle(`escalating/${row?.businessKey}-${call?.key}`);
      const answer = { key: (await taskAt(child, 'Answer')).key, by: handler };
      await runtime.act(child, { ...answer, action: { type: 'complete', variables: { refuse } } });
      await child.result().catch(() => {});
      await runtime.act(handle, { key, action: complete, by: handler });
      await handle.result();
      await save(runtime, refuse ? 'refused-caller' : 'escalated-caller', handle);
      if (!refuse) await save(runtime, 'escalating', child);
    }
  },
  async 'message-kept'(runtime) {
    const asked = { type: 'message', name: literal('asked'), correlationKey: feel('businessKey') } as const;
    const plan = (key: string) => aPlan(key).add('startEvent', 'Start').add('endEvent', 'End');
    await runtime.deployPlan(
      plan('asks')
        .add('intermediateThrowEvent', 'Ask', { properties: { timeToLive: 'PT0.2S' }, events: [asked] })
        .add('userTask', 'Work')
        .flow('Start', 'Ask', 'Work', 'End')
        .build(),
    );
    await runtime.deployPlan(
      plan('answers')
        .add('intermediateThrowEvent', 'Warn', { events: [{ type: 'signal', name: literal('warned') }] })
        .add('receiveTask', 'Answer', { message: asked })
        .flow('Start', 'Warn', 'Answer', 'End')
        .build(),
    );
    const messenger = createMessenger(runtime.client, runtime.taskQueue);
    const lineOf = (handle: WorkflowHandle, kind: string) =>
      eventually(async () => {
        await runMessageRound(messenger, { expired: () => {} });
        return (await listJournal(handle.workflowId, 0, 100)).some((line) => line.kind === kind);
      });
    const lost = await runtime.start('asks');
    await lineOf(lost, 'message-undelivered');
    const { key } = await firstTask(lost);
    await runtime.act(lost, { key, action: complete, by: handler });
    await lost.result();
    await save(runtime, 'message-undelivered', lost);

    const businessKey = 'BJ-7';
    const taker = await runtime.start('answers', { businessKey });
    await eventually(async () => (await findMessageListeners('asked', businessKey)).length === 1);
    const sender = await runtime.start('asks', { businessKey });
    const { key: work } = await firstTask(sender);
    await taker.result();
    await runtime.act(sender, { key: work, action: complete, by: handler });
    await sender.result();
    await save(runtime, 'message-taken', taker);
    await save(runtime, 'message-thrown', sender);
  },
  /** Its plan is loaded after the rows under way. */
  async 'migrated-in-turn'(runtime) {
    const handle = await runtime.start('patience', { variables: { limit: 'P10D' } });
    const { key } = await firstTask(handle);
    await runtime.deploy(await laterPatience());
    const migration = { version: 2, mapping: { Work: 'Handle' }, timers: 'reevaluate', by: { id: 'ops-1' } };
    await handle.executeUpdate('migrate', { args: [migration] });
    await runtime.act(handle, { key, action: complete, by: handler });
    const { key: signing } = await taskAt(handle, 'Sign');
    await runtime.act(handle, { key: signing, action: complete, by: { id: 'president-bj', role: 'president' } });
    await handle.result();
    await save(runtime, 'migrated-in-turn', handle);
  },
  async modified(runtime) {
    const handle = await runtime.start('two-tasks');
    const { key } = await firstTask(handle);
    const instructions = [{ type: 'move', key, to: 'Second' }];
    await handle.executeUpdate('modify', { args: [{ instructions, by: { id: 'ops-1' } }] });
    const { key: second } = await taskAt(handle, 'Second');
    await runtime.act(handle, { key: second, action: complete, by: { id: 'president-bj', role: 'president' } });
    await handle.result();
    await save(runtime, 'modified', handle);
  },
  /** What an operator sealed for an update comes again as a copy; a signal they sealed does not name the instance. */
  async 'sealed-copies'(runtime) {
    await runtime.deployPlan(
      aPlan('sealed-copies')
        .add('userTask', 'Listen')
        .boundary('Listen', 'Rung', { interrupting: false, events: [{ type: 'signal', name: literal('bell') }] })
        .add('userTask', 'Answer')
        .flow('Rung', 'Answer')
        .build(),
    );
    const handle = await runtime.start('sealed-copies');
    await firstTask(handle);
    const { connection } = runtime.client;
    const operator = clientOfPerson(connection, { id: 'ops-1', roles: [{ role: operatorRole, facility: '*' }] });
    const { workflowId: instance } = handle;
    const sets = (limit: number) => ({ instance, variables: { limit }, by: { id: 'ops-1' } });
    for (const limit of [1, 2])
      await operator.workflow.getHandle(instance).executeUpdate('setVariables', { args: [sets(limit)] });
    const [first = []] = await acceptedUpdates(handle);
    const copies = copyingClient(connection, first).workflow.getHandle(instance);
    await copies.executeUpdate('setVariables', { args: [sets(1)] }).catch(() => undefined);
    await operator.workflow.getHandle(instance).signal('broadcast', { name: 'bell', variables: {} });
    await operator.workflow.getHandle(instance).signal('broadcast', { instance, name: 'bell', variables: {} });
    await taskAt(handle, 'Answer');
    await handle.executeUpdate('cancel', { args: [{ reason: 'withdrawn', by: handler }] });
    await handle.result();
    await save(runtime, 'sealed-copies', handle);
  },
  /** Of three calls of one step two are made; the third is made when it is retried. */
  async 'calls-admitted'(runtime) {
    await runtime.deployPlan(
      aPlan('admitted').add('startEvent', 'Start').add('endEvent', 'End').flow('Start', 'End').build(),
    );
    const loop = { type: 'multi', sequential: false, cardinality: feel('3'), behavior: 'all' } as const;
    await runtime.deployPlan(
      aPlan('calls-admitted')
        .add('startEvent', 'Start')
        .add('callActivity', 'Call', { process: literal('admitted'), loop })
        .add('endEvent', 'End')
        .flow('Start', 'Call', 'End')
        .build(),
    );
    await runtime.stopWorker();
    await runtime.startWorker({ admitCalls: async ({ count }) => ({ admitted: Math.min(count, 2), limit: 2 }) });
    const handle = await runtime.start('calls-admitted');
    const [incident] = await eventually(async () => {
      const row = await findInstance(handle.workflowId);
      return row?.incidents.length ? row.incidents : null;
    });
    await handle.executeUpdate('retry', { args: [{ key: incident?.key, by: { id: 'ops-1' } }] });
    await handle.result();
    await save(runtime, 'calls-admitted', handle);
  },
  async scheduled(runtime) {
    const rounds = await startRounds(runtime, roundsTwice, { key: 'rounds', continueAfter: 40 });
    const firstRun = (await rounds.handle.describe()).runId;
    await wholeLife(rounds);
    await save(runtime, 'scheduler-first-run', rounds.handle, firstRun);
    await save(runtime, 'scheduler-last-run', rounds.handle);
  },
  async 'incident-skipped'(runtime) {
    await runtime.deploy(unpriced);
    const handle = await runtime.start('pricing');
    const [incident] = await eventually(async () => {
      const row = await findInstance(handle.workflowId);
      return row?.incidents.length ? row.incidents : null;
    });
    const skip = { key: incident?.key, reason: 'priced by hand', variables: { total: 100 }, by: { id: 'ops-1' } };
    await handle.executeUpdate('skip', { args: [skip] });
    await handle.result();
    await save(runtime, 'incident-skipped', handle);
  },
  /** Jobs of somebody else's worker, who comes late; a type worked out at run time; a BPMN error of theirs. */
  async 'outside-job'(runtime) {
    const taskQueue = `${runtime.taskQueue}-outside`;
    const worker = { taskQueue, scheduleToStartTimeout: 'PT1S' };
    const about = { description: 'Of ACME.', updatedAt: new Date().toISOString(), updatedBy: 'ops' };
    await saveJobType({ _id: '*', taskQueue, ...about });
    const xml = await readFile(join(root, 'tests/support/definition-files/pay-back.bpmn'), 'utf8');
    const { plans } = await compile(xml, { workers: { 'acme:book': worker, 'acme:unbook': worker } });
    for (const plan of plans) await runtime.deployPlan(plan, xml);
    const handle = await runtime.start('pay-back', { variables: { late: true } });
    await eventually(async () => ((await findInstance(handle.workflowId))?.incidents.length ?? 0) > 0);
    const { address } = (runtime.client.connection as Connection).options;
    const connection = await NativeConnection.connect({ address });
    const outcomes = { 'acme:pay-back-late': { error: 'account-closed' } };
    const outside = await createGenericWorker({
      connection,
      namespace: 'default',
      taskQueue,
      keys: testKeys.job,
      outcomes,
    });
    await outside.runUntil(handle.result());
    await connection.close();
    await save(runtime, 'outside-job', handle);
  },
  async complaint(runtime) {
    await deployShipped(runtime, 'refund');
    await deployShipped(runtime, 'complaint');
    await saveRefundStaff();
    const paidAt = '2026-10-01T02:00:00.000Z';
    await savePayment({ _id: 'P1', facility: 'BJ', item: '疗程', method: 'cash', paidAt, paidCents: 500_000 });
    const caseNumber = 'BJ2026110001';
    const receivedAt = new Date().toISOString();
    const handle = await runtime.start('complaint', {
      businessKey: caseNumber,
      startedBy: { id: 'intake-bj', role: 'intake' },
      variables: { channel: 'hotline', receivedAt, emergency: false, seriousEvent: false },
    });
    await play(runtime, handle, refundedComplaint, decideBySignal);
    await save(runtime, 'complaint', handle);
    await save(runtime, 'refund', runtime.client.workflow.getHandle(`refund/${caseNumber}-R1`));
  },
  async followUp(runtime) {
    await deployShipped(runtime, 'followUp');
    await savePatient({ _id: 'P-1', facility: 'BJ', details: { name: '王女士' }, sequence: 1 });
    const on = localDate(new Date().toISOString(), 'Asia/Shanghai');
    const days = { firstVisit: day(on, 'V1'), surgery: day(on, 'R0'), suturesDue: day(on, 'R0') };
    const handle = await runtime.start('followUp', {
      businessKey: 'BJ-E1',
      startEvent: 'EpisodeBegun',
      speed: 50_000,
      variables: facts({ inpatient: true, days }),
    });
    const { key } = await taskAt(handle, 'CallPatient');
    await runtime.act(handle, {
      key,
      by: caller,
      action: { type: 'complete', variables: { outcome: 'reached', overall: '5' } },
    });
    await handle.signal(signalNames.signal, { id: 's-1', name: patientStopped('P-1'), variables: { reason: 'died' } });
    await handle.result();
    await save(runtime, 'follow-up', handle);
  },
};

/**
 * One small history per kind of element and block (tests/engine/support/models.ts): `npm run histories -- elements`, or the new kinds
 * alone by name, for instance `npm run histories -- kind-listeners`.
 */
async function recordElements(
  servers: { temporalAddress: string; mongodbUri: string },
  isWanted: (name: string) => boolean,
): Promise<void> {
  const lab = await openLab(servers, work);
  await prepareRandom(lab);
  for (const model of modelsOfEachKind().filter(({ plan }) => isWanted(plan.key))) {
    const problem = await runRandom(lab, model);
    if (problem) throw new Error(`${model.plan.key}: ${problem}`);
    const [id] = lab.instancesOf(model.plan.key);
    const history = await lab.handle(id ?? '').fetchHistory();
    await writeFile(join(folder, `${model.plan.key}.json`), textOf(history));
    console.log(`${model.plan.key}: ${history.events?.length} events`);
  }
  await lab.close();
}

const data = await mkdtemp(join(tmpdir(), 'careloop-histories-'));
const temporal = await startTemporal({
  port: await freePort(),
  dataFile: join(data, 'temporal.db'),
  logFile: join(data, 'temporal.log'),
});
const mongodb = await startMongodb({
  port: await freePort(),
  dataFolder: join(data, 'mongodb'),
  logFile: join(data, 'mongodb.log'),
});
try {
  const wanted = process.argv.slice(2);
  const all = wanted.length === 0 || wanted.includes('elements');
  if (all || wanted.some((name) => name.startsWith('kind-')))
    await recordElements(
      { temporalAddress: temporal.address, mongodbUri: mongodb.uri },
      (name) => all || wanted.includes(name),
    );
  for (const [name, scenario] of Object.entries(scenarios)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const definitions = ['complaint', 'followUp'].includes(name)
      ? []
      : ['two-tasks', 'patience', 'payment', 'caller', 'refund'];
    const runtime = await startRuntime({ temporalAddress: temporal.address, mongodbUri: mongodb.uri }, definitions, {
      orderPayment: async (input) => {
        if (paymentFails) throw new Error('The cashier system says no.');
        return { paidCents: input['amountCents'] ?? 0 };
      },
    });
    await scenario(runtime);
    await runtime.close();
  }
} finally {
  await Promise.all([temporal.stop(), mongodb.stop()]);
  await rm(data, { recursive: true, force: true });
}

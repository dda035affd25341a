/** Processes that begin by the clock: deployed, shown, begun, paused, replaced, and once however often somebody dies. */
import { randomUUID } from 'node:crypto';
import { type Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { compileHere } from '../../../api/compiler/compiler.ts';
import { deploy as deployUnseen } from '../../../api/resources/definitions/deployment.ts';
import { DefinitionModel } from '../../../store/definitions/definitions.ts';
import { findInstance } from '../../../store/runtime/instances.ts';
import { listSchedules } from '../../../store/runtime/schedules.ts';
import { sealingClient } from '../../../temporal/sealing/client.ts';
import { followDeployments } from '../../../worker/scheduler-keeper.ts';
import { schedulerId } from '../../../workflows/schedules/schedule-messages.ts';
import { testKeys } from '../../support/keys.ts';
import { namespace } from '../../support/namespace.ts';
import { eventually } from '../../support/runtime.ts';
import { type Body, type Caller, startApi, type TestApi } from './support.ts';

let api: TestApi;
let ops: Caller;
let temporal: Connection;
let client: Client;
const keys: string[] = [];

beforeAll(async () => {
  api = await startApi();
  ops = await api.as('ops');
  temporal = await Connection.connect({ address: inject('temporalAddress') });
  client = sealingClient(temporal, namespace, testKeys);
});
afterAll(async () => {
  for (const key of keys)
    await client.workflow
      .getHandle(schedulerId(key))
      .terminate()
      .catch(() => undefined);
  await temporal?.close();
  await api?.close();
});

/** A process id of its own: scheduler ids are shared by the test files of a namespace. */
function aKey(): string {
  const key = `round${randomUUID().slice(0, 8)}`;
  keys.push(key);
  return key;
}

interface Timed {
  key: string;
  timer?: string;
  facilities?: string;
  /** What comes behind the start event. */
  task?: string;
}

const cycle = (value: string) => `<bpmn:timeCycle>${value}</bpmn:timeCycle>`;
const date = (value: string) => `<bpmn:timeDate>${value}</bpmn:timeDate>`;

const definition = ({
  key,
  timer,
  facilities,
  task = '<bpmn:task id="Look" name="巡视" />',
}: Timed) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  xmlns:careloop="https://careloop.dev/schema/1.0" id="d" targetNamespace="https://careloop.dev/tests">
  <bpmn:process id="${key}" name="巡视" isExecutable="true">
    <bpmn:startEvent id="Begin" name="到点" ${facilities ? `careloop:facilities="${facilities}"` : ''}>${
      timer ? `<bpmn:timerEventDefinition id="t">${timer}</bpmn:timerEventDefinition>` : ''
    }</bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="Begin" targetRef="Look" />
    ${task}
    <bpmn:sequenceFlow id="f2" sourceRef="Look" targetRef="End" />
    <bpmn:endEvent id="End" name="完成" />
  </bpmn:process>
</bpmn:definitions>`;

const deploy = (timed: Timed) =>
  ops.post('/api/definitions', definition(timed), { headers: { 'Content-Type': 'application/xml' } });

const schedulesOf = async (key: string): Promise<Body[]> =>
  (await ops.get(`/api/definitions/${key}/schedules`)).body.items;

const scheduled = (key: string, ready: (items: Body[]) => boolean = (items) => items.length > 0): Promise<Body[]> =>
  eventually(async () => {
    const items = await schedulesOf(key);
    return ready(items) && items;
  });

const act = (key: string, schedule: string, what: string, body: object = {}, idempotencyKey: string = randomUUID()) =>
  ops.post(`/api/definitions/${key}/schedules/${encodeURIComponent(schedule)}/${what}`, body, { key: idempotencyKey });

const completed = (instance: string) =>
  eventually(async () => {
    const row = await findInstance(instance);
    return row?.status === 'completed' && row;
  });

const begunBy = async (key: string): Promise<string[]> => {
  const { items } = (await ops.get(`/api/instances?process=${key}&limit=200`)).body;
  return items.map((one: Body) => one.id).sort();
};

test('deployed, it has a schedule per facility; begun by hand, an instance runs, once per key', async () => {
  const key = aKey();
  const xml = definition({ key, timer: cycle('0 0 9 * * MON-FRI') });
  const deployed = await ops.post('/api/definitions', { xml, englishNames: { Begin: 'Every working day' } });
  expect(deployed).toMatchObject({ status: 201 });
  const items = await scheduled(key, (all) => all.length === 3);
  expect(items.map((one) => one.id)).toEqual(['Begin@BJ', 'Begin@CD', 'Begin@SH']);
  expect(items[0]).toMatchObject({
    version: 1,
    elementName: '到点',
    elementEnglishName: 'Every working day',
    expression: '0 0 9 * * MON-FRI',
    zone: 'Asia/Shanghai',
    fired: 0,
    remaining: null,
    last: null,
    failure: null,
  });
  expect(items[0].nextAt).toMatch(/T01:00:00.000Z$/);
  const listed = (await ops.get(`/api/definitions?key=${key}`)).body.items;
  expect(listed).toMatchObject([{ newest: true, schedulesPending: false, schedules: [{}, {}, {}] }]);
  const own = await api.as('handler-sh');
  expect((await own.get(`/api/definitions/${key}/schedules`)).body.items).toMatchObject([{ id: 'Begin@SH' }]);

  const once = randomUUID();
  const first = await act(key, 'Begin@BJ', 'trigger', {}, once);
  expect(first).toMatchObject({ status: 200, body: { schedule: { fired: 0, last: { by: 'ops', began: true } } } });
  const again = await act(key, 'Begin@BJ', 'trigger', {}, once);
  expect(again.body.instance).toBe(first.body.instance);
  const row = await completed(first.body.instance);
  expect(row).toMatchObject({ facility: 'BJ', startedBy: 'ops', process: key });
  expect(await begunBy(key)).toEqual([first.body.instance]);
});

test('a date in the past begins its instances at once, and the same date deployed again does not', async () => {
  const key = aKey();
  await deploy({ key, timer: date('2026-01-05T09:00:00+08:00'), facilities: 'BJ' });
  const [one] = await scheduled(key, ([first]) => first?.last);
  expect(one).toMatchObject({ nextAt: null, fired: 1, last: { scheduledAt: '2026-01-05T01:00:00.000Z', began: true } });
  expect(one.last.instance).toBe(`${key}/Begin-BJ-20260105T010000Z`);
  expect(await completed(one.last.instance)).toMatchObject({ startedBy: `schedule:${key}` });

  await deploy({
    key,
    timer: date('2026-01-05T09:00:00+08:00'),
    facilities: 'BJ',
    task: '<bpmn:task id="Look" name="再巡视" />',
  });
  const [second] = await scheduled(key, ([first]) => first?.version === 2 && first.fired === 1);
  expect(second.last).toMatchObject({ began: false, instance: one.last.instance });
  expect(await begunBy(key)).toEqual([one.last.instance]);
});

test('a cycle is counted to its end, and each occurrence begins one instance', async () => {
  const key = aKey();
  await deploy({ key, timer: cycle('R3/PT1S'), facilities: 'BJ' });
  const [one] = await scheduled(key, ([first]) => first?.fired === 3 && first.waiting === 0);
  expect(one).toMatchObject({ nextAt: null, remaining: 0, failure: null });
  const begun = await eventually(async () => {
    const ids = await begunBy(key);
    return ids.length === 3 && ids;
  });
  for (const instance of begun) await completed(instance);
  await expect
    .poll(async () =>
      (await ops.get(`/api/definitions/${key}/schedules/journal`)).body.items.map((line: Body) => line.kind),
    )
    .toEqual(['began', 'began', 'began', 'scheduled']);
  expect(await begunBy(key)).toEqual(begun);
});

test('a new version replaces the timers of the one before, and one without timers ends them', async () => {
  const key = aKey();
  await deploy({ key, timer: cycle('R/PT10H'), facilities: 'BJ, SH' });
  await scheduled(key, (all) => all.length === 2);
  await deploy({ key, timer: cycle('R5/P1D'), facilities: 'CD' });
  const items = await scheduled(key, ([first]) => first?.version === 2);
  expect(items).toMatchObject([{ id: 'Begin@CD', version: 2, remaining: 4, expression: 'R5/P1D' }]);
  await deploy({ key });
  await eventually(
    async () => (await client.workflow.getHandle(schedulerId(key)).describe()).status.name === 'COMPLETED',
  );
  expect(await schedulesOf(key)).toEqual([]);
  expect(await act(key, 'Begin@CD', 'trigger')).toMatchObject({ status: 404, body: { code: 'not-found' } });
});

test('it is paused and resumed by the operators, on record, and refused in words what makes no sense', async () => {
  const key = aKey();
  await deploy({ key, timer: cycle('R/PT10H'), facilities: 'BJ' });
  await scheduled(key);
  const director = await api.as('cs-director-bj');
  expect(await director.post(`/api/definitions/${key}/schedules/Begin@BJ/pause`, {})).toMatchObject({ status: 403 });
  const paused = await act(key, 'Begin@BJ', 'pause', { reason: '装修' });
  expect(paused).toMatchObject({
    status: 200,
    body: { schedule: { nextAt: null, paused: { by: 'ops', reason: '装修' } } },
  });
  expect(await act(key, 'Begin@BJ', 'pause')).toMatchObject({ status: 409, body: { code: 'already-paused' } });
  expect(await act(key, 'Begin@XX', 'pause')).toMatchObject({ status: 404 });
  expect(await schedulesOf(key)).toMatchObject([{ nextAt: null, paused: { by: 'ops' } }]);
  expect(await act(key, 'Begin@BJ', 'resume')).toMatchObject({ status: 200, body: { schedule: { paused: null } } });
  expect(await act(key, 'Begin@BJ', 'resume')).toMatchObject({ status: 409, body: { code: 'not-paused' } });
  const lines = await eventually(async () => {
    const { items } = (await ops.get(`/api/definitions/${key}/schedules/journal`)).body;
    return items.length === 3 && items;
  });
  expect(lines).toMatchObject([
    { kind: 'resumed', by: 'ops', schedule: 'Begin@BJ' },
    { kind: 'paused', by: 'ops' },
    { kind: 'scheduled' },
  ]);
});

test('what falls due while no worker runs, or while one is stopped, begins once', async () => {
  const key = aKey();
  await api.stopWorker();
  await deploy({ key, timer: date('2026-01-05T09:00:00+08:00') });
  await api.startWorker();
  await eventually(async () => (await schedulesOf(key)).length > 0);
  await api.stopWorker();
  await api.startWorker();
  const items = await scheduled(key, (all) => all.length === 3 && all.every((one) => one.last));
  expect(items.map((one) => one.fired)).toEqual([1, 1, 1]);
  const begun = items.map((one) => one.last.instance).sort();
  for (const instance of begun) await completed(instance);
  expect(await begunBy(key)).toEqual(begun);
});

test('a scheduler that somebody ended is started again and continues where it was', async () => {
  const key = aKey();
  await deploy({ key, timer: cycle('R5/PT10H'), facilities: 'BJ' });
  await scheduled(key);
  await act(key, 'Begin@BJ', 'pause', {});
  const [before] = await schedulesOf(key);
  await client.workflow.getHandle(schedulerId(key)).terminate();
  const queue = (await client.workflow.getHandle(schedulerId(key)).describe()).taskQueue;
  expect(await followDeployments(client, queue, new Map(), Date.now())).toContain(key);
  await eventually(
    async () => (await client.workflow.getHandle(schedulerId(key)).describe()).status.name === 'RUNNING',
  );
  const resumed = await eventually(async () => {
    const answer = await act(key, 'Begin@BJ', 'resume');
    return answer.status === 200 && answer.body.schedule;
  });
  expect(resumed).toMatchObject({ remaining: 4, nextAt: expect.any(String) });
  expect(before.paused).toMatchObject({ by: 'ops' });
  expect(await followDeployments(client, queue, new Map(), Date.now())).not.toContain(key);
});

test('schedules that the API failed to announce are found by the worker', async () => {
  const key = aKey();
  await deploy({ key, timer: cycle('R5/PT10H'), facilities: 'BJ' });
  await scheduled(key);
  const queue = (await client.workflow.getHandle(schedulerId(key)).describe()).taskQueue;
  const told = new Map<string, number>();
  await followDeployments(client, queue, told, 0);
  const next = { xml: definition({ key, timer: cycle('R9/PT5H'), facilities: 'BJ, CD' }) };
  expect((await deployUnseen(compileHere, next, 'ops', new Date().toISOString())).ok).toBe(true);
  expect((await ops.get(`/api/definitions/${key}/schedules`)).body).toMatchObject({ items: [], pending: true });
  expect(await followDeployments(client, queue, told, 1)).toEqual([key]);
  expect(await followDeployments(client, queue, told, 2)).toEqual([]);
  expect(await scheduled(key, (all) => all.length === 2)).toMatchObject([{ remaining: 8 }, { remaining: 8 }]);
});

test('a definition that is no longer there begins nothing any more', async () => {
  const key = aKey();
  await deploy({ key, timer: cycle('R/PT10H'), facilities: 'BJ' });
  await scheduled(key);
  const queue = (await client.workflow.getHandle(schedulerId(key)).describe()).taskQueue;
  await DefinitionModel.deleteMany({ process: key });
  expect(await followDeployments(client, queue, new Map(), Date.now())).toContain(key);
  await client.workflow.getHandle(schedulerId(key)).result();
  expect(await listSchedules(key)).toEqual([]);
});

test('a timer that could never begin anything is refused, with the reason', async () => {
  const refused = async (timer: string, facilities?: string) => {
    const answer = await deploy({ key: 'refusedRound', timer, ...(facilities && { facilities }) });
    expect(answer.status).toBe(422);
    return answer.body.problems.filter((one: Body) => one.severity === 'error');
  };
  expect(await refused(cycle('R/PT1H'), 'XX')).toMatchObject([{ code: 'unknown-facility', element: 'Begin' }]);
  expect(await refused(date('=receivedAt'))).toMatchObject([{ code: 'timer-reads-variables' }]);
  expect(await refused(date('=rules.nothing.like.it'))).toMatchObject([{ code: 'timer-fails', element: 'Begin' }]);
  expect(await refused(cycle('R/PT0.01S'))).toMatchObject([{ code: 'timer-too-often' }]);
  expect((await ops.get('/api/definitions?key=refusedRound')).body.items).toEqual([]);
});

test('an expression is worked out with the rules of each facility', async () => {
  const key = aKey();
  const timer =
    '<bpmn:timeDuration>=if facility = "BJ" then duration(rules.limits.closure) else duration("P1D")</bpmn:timeDuration>';
  expect(await deploy({ key, timer })).toMatchObject({ status: 201 });
  const items = await scheduled(key, (all) => all.length === 3);
  expect(items.map((one) => [one.facility, one.value])).toEqual([
    ['BJ', 'P7D'],
    ['CD', 'P1D'],
    ['SH', 'P1D'],
  ]);
});

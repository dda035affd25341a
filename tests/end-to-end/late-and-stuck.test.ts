/** What goes wrong is seen: limits passed while process time runs fast are told and stay on record; an incident waits for the operators. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectStore, disconnectStore } from '../../store/db/connection.ts';
import { listMessagesOf } from '../../store/messaging/outbox.ts';
import { type Careloop, startCareloop, until } from '../support/careloop.ts';
import { applies, decides, does, openTask, register, toRefund } from './acts.ts';

let careloop: Careloop;
beforeAll(async () => {
  careloop = await startCareloop();
  await connectStore(careloop.mongodbUri);
});
afterAll(async () => {
  await disconnectStore();
  await careloop?.close();
});

interface Shown {
  overdue: boolean;
  clocks: { id: string; status: string; breachedAt?: string; endedAt?: string }[];
  incidents: { key: string; element: string; code: string; message: { zh: string }; hint: { zh: string } }[];
}
const shown = async (instance: string) =>
  (await careloop.as<Shown>('ops', `GET /api/instances/${encodeURIComponent(instance)}`)).body;

/** What an operator filters for in the Temporal UI. */
async function inTemporal(query: string): Promise<string[]> {
  const ids: string[] = [];
  const temporal = await careloop.temporal();
  const only = `TaskQueue="${careloop.taskQueue}" AND ${query}`;
  for await (const execution of temporal.workflow.list({ query: only })) ids.push(execution.workflowId);
  return ids;
}

it('tells the roles of a limit that passes, and keeps on record that it was broken', async () => {
  // Twelve hours in half a second, seven days in seven.
  const { caseNumber, instance } = await register(careloop, { timeScale: 86_400 });
  await until('the case is overdue', async () => (await shown(instance)).overdue);
  await until('Temporal finds it', async () => (await inTemporal('Overdue=true')).includes(instance));
  const receivers = async () =>
    (await listMessagesOf(instance))
      .filter(({ channel, subject }) => channel === 'notice' && subject.includes('受理时限'))
      .map(({ to }) => to);
  await until('three are told', async () => (await receivers()).length >= 3);
  expect((await receivers()).sort()).toEqual(['cs-director', 'cs-general-director', 'president']);

  await does(careloop, 'cs-director-bj', caseNumber, 'AcceptComplaint');
  const { clocks } = await shown(instance);
  expect(clocks.find((clock) => clock.id === 'handOver')).toMatchObject({
    status: 'breached',
    breachedAt: expect.any(String),
    endedAt: expect.any(String),
  });
  await openTask(careloop, caseNumber, 'SuperviseClosure');
  expect((await shown(instance)).clocks.find((clock) => clock.id === 'closure')?.status).toBe('breached');
});

it('stops at an incident when a payment cannot be ordered, and continues when an operator has put it right', async () => {
  const { caseNumber } = await register(careloop);
  const refundId = await toRefund(careloop, caseNumber, 100_000);
  const refund = `refund/${refundId}`;
  await applies(careloop, 'consultant-bj', caseNumber, 100_000);
  for (const staff of ['cs-director-bj', 'department-head-bj', 'president-bj'])
    await decides(careloop, staff, refundId, 'approve');
  await does(careloop, 'finance-bj', caseNumber, 'FinanceConfirm', { financeConfirmation: 'confirmed' });
  await does(careloop, 'consultant-bj', caseNumber, 'PatientSigns', { patientSignature: 'signed' });
  const operator = (act: string, body: object) =>
    careloop.as('ops', `POST /api/instances/${encodeURIComponent(refund)}/${act}`, { body, key: crypto.randomUUID() });
  /** What touches the payment: one proposes, another releases. */
  const corrected = async (body: object): Promise<number> => {
    const act = 'POST /api/instances/{id}/variables';
    const asked = { body: { act, params: { id: refund }, body, reason: 'corrected' }, key: crypto.randomUUID() };
    const proposed = await careloop.as<{ id: string }>('ops', 'POST /api/proposals', asked);
    return (await careloop.as('ops2', `POST /api/proposals/${proposed.body.id}/release`, { body: {} })).status;
  };
  // More than was reserved: the cashier's system must refuse it.
  expect(await corrected({ variables: { amountCents: 100_001 } })).toBe(200);
  await does(careloop, 'cashier-bj', caseNumber, 'PreparePayment', { cashierConfirmation: 'ready' });

  const incident = await until('an incident is shown', async () => (await shown(refund)).incidents[0]);
  expect(incident).toMatchObject({ element: 'OrderPayment', code: 'unhandled-error' });
  expect(incident.message.zh).toContain('100001');
  expect(incident.hint.zh).not.toBe('');
  await until('Temporal finds it', async () => (await inTemporal('Incident="unhandled-error"')).includes(refund));

  expect((await operator('retry', {})).status).toBe(200);
  await until('it stands there again', async () => (await shown(refund)).incidents.length === 1);
  // What a job is given was read when it began: corrected there, under the key of the incident.
  const right = { scope: incident.key, variables: { amountCents: 100_000 } };
  expect(await corrected(right)).toBe(200);
  expect((await operator('retry', { key: incident.key })).status).toBe(200);
  await openTask(careloop, caseNumber, 'CloseCase');
  expect((await shown(refund)).incidents).toEqual([]);
  await until('Temporal knows too', async () => !(await inTemporal('Incident IS NOT NULL')).includes(refund));
});

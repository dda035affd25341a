/** A chain from the hospital's events to its touches, through the API, on real servers. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordSutures } from '../../../activities/jobs/record-sutures.ts';
import { listMessagesOf } from '../../../store/messaging/outbox.ts';
import { FollowUpModel } from '../../../store/processes/followUp/follow-up-store.ts';
import { TaskModel } from '../../../store/runtime/tasks.ts';
import { eventually } from '../../support/runtime.ts';
import { type Body, type Caller, startApi, type TestApi } from './support.ts';

let api: TestApi;
let his: Caller;
let callback: Caller;
beforeAll(async () => {
  api = await startApi();
  his = await api.as('hospital-system-bj');
  callback = await api.as('callback-bj');
});
afterAll(() => api.close());

const hour = 3_600_000;
let sequence = 0;
async function told(patient: string, type: string, data: object, about: object = {}): Promise<void> {
  sequence += 1;
  const event = {
    source: 'his',
    id: `${patient}-${type}-${sequence}`,
    type,
    occurredAt: new Date().toISOString(),
    sequence,
    facility: 'BJ',
    patient,
    data,
    ...about,
  };
  expect((await his.post('/api/events', event)).body.state).toBe('applied');
}

/** A patient whose first visit was yesterday at this hour: all that is due on the day after is due now. */
async function aVisitor(): Promise<{ patient: string; chain: string; instance: string }> {
  const patient = `P-${randomUUID().slice(0, 8)}`;
  await told(patient, 'patientChanged', { name: '王女士', phone: '13812345678' });
  const occurredAt = new Date(Date.now() - 24 * hour).toISOString();
  const visit = { visit: `V-${patient}`, kind: 'first', department: 'plastic-surgery' };
  await told(patient, 'visited', visit, { episode: `E-${patient}`, occurredAt });
  const chain = `BJ-E-${patient}`;
  return { patient, chain, instance: `followUp/${chain}` };
}

const seen = async (chain: string): Promise<Body> => (await callback.get(`/api/follow-ups/${chain}`)).body;

test('events of a drill: the chain lives a year by their clock until it has caught up, and the patient is invented', async () => {
  const patient = `P-${randomUUID().slice(0, 8)}`;
  const before = (days: number) => new Date(Date.now() - days * 24 * hour).toISOString();
  const clock = { speed: 10_000_000, realEpoch: new Date().toISOString(), processEpoch: before(60) };
  await told(patient, 'patientChanged', { name: '王女士', phone: '13812345678' }, { clock, occurredAt: before(60) });
  const visit = { visit: `V-${patient}`, kind: 'first', department: 'plastic-surgery' };
  await told(patient, 'visited', visit, { episode: `E-${patient}`, occurredAt: before(59), clock });
  const found = await callback.get(`/api/patients/${patient}`);
  expect(found.body.demo).toBe(true);
  const row = await eventually(async () => {
    const one = await seen(`BJ-E-${patient}`);
    return one.touches?.some(({ touch, state }: Body) => touch === 'relationship-1' && state !== 'planned') && one;
  });
  expect(row.touches.find(({ touch }: Body) => touch === 'relationship-3')).toMatchObject({ state: 'planned' });
  const begun = row.touches.filter(({ begunAt }: Body) => begunAt !== undefined);
  expect(begun.every(({ begunAt }: Body) => Date.parse(begunAt) <= Date.now())).toBe(true);
});

test('events begin one chain and reach it, whatever comes twice', async () => {
  const { patient, chain } = await aVisitor();
  const row = await eventually(async () => ((await seen(chain)).touches ? seen(chain) : undefined));
  expect(row).toMatchObject({ chain, patient, facility: 'BJ', status: 'active' });
  const operated = { operation: 'OP', department: 'plastic-surgery', inpatient: true, suturesDueOn: '2090-03-09' };
  const about = { episode: `E-${patient}`, id: `${patient}-op`, sequence: 900, occurredAt: new Date().toISOString() };
  await told(patient, 'operated', operated, about);
  await told(patient, 'operated', operated, about);
  const ids = async () => (await seen(chain)).touches.map(({ id }: Body) => id);
  await eventually(async () => (await ids()).includes('sutures-reminder@R0/2090-03-09'));
  expect((await ids()).filter((id: string) => id.includes('@R1'))).toEqual([]);
  const lead = await api.as('callback-lead-bj');
  const { steps } = (await lead.get(`/api/instances/${encodeURIComponent(`followUp/${chain}`)}/explain`)).body;
  expect(steps.find(({ id }: Body) => id === 'sutures-reminder@R0/2090-03-09')).toMatchObject({
    what: { zh: '拆线提醒', en: 'Reminder of suture removal' },
    state: { zh: '已排定', en: 'planned' },
    why: {
      zh: '计划拆线（2090-03-09）前 1 天 10:00。',
      en: '1 day before planned suture removal (2090-03-09) at 10:00.',
    },
  });
  const listed = (await callback.get(`/api/follow-ups?patient=${patient}`)).body.items;
  expect(listed).toMatchObject([{ chain, status: 'active' }]);
});

test('an event received before its patient is known begins the chain when the patient is imported', async () => {
  const patient = `P-${randomUUID().slice(0, 8)}`;
  const visit = {
    source: 'his',
    id: `${patient}-early`,
    type: 'visited',
    occurredAt: new Date().toISOString(),
    sequence: 1,
    facility: 'BJ',
    patient,
    episode: `E-${patient}`,
    data: { visit: `V-${patient}`, kind: 'first', department: 'plastic-surgery' },
  };
  expect((await his.post('/api/events', visit)).body.state).toBe('parked');
  const content = `病案号,姓名\n${patient},王女士\n`;
  const imported = await his.post('/api/patient-imports', { kind: 'patients', facility: 'BJ', content });
  expect(imported.body).toMatchObject({ imported: 1, parked: 0 });
  await eventually(async () => (await seen(`BJ-E-${patient}`)).status === 'active');
});

test('withdrawing the consent ends the chain, and later events begin none', async () => {
  const { patient, chain } = await aVisitor();
  await eventually(async () => (await seen(chain)).status === 'active');
  await told(patient, 'consentChanged', { purpose: 'service', given: false, wording: '1', channel: 'WeCom' });
  await eventually(async () => (await seen(chain)).status === 'completed');
  expect(await seen(chain)).toMatchObject({ stopReason: 'consent-withdrawn' });
  const before = (await listMessagesOf(`followUp/${chain}`)).length;
  await told(patient, 'visited', { visit: 'V2', kind: 'revisit', department: 'D' }, { episode: `E-${patient}` });
  expect(await seen(chain)).toMatchObject({ status: 'completed' });
  expect((await listMessagesOf(`followUp/${chain}`)).length).toBe(before);
});

test('shows the number in full only to whoever has an open task of the chain, and records the look', async () => {
  const { patient, chain, instance } = await aVisitor();
  await eventually(async () => (await seen(chain)).status === 'active');
  const at = new Date().toISOString();
  await TaskModel.create({
    _id: `followUp.${chain}.99`,
    seq: 1,
    instance,
    process: 'followUp',
    businessKey: chain,
    key: '99',
    element: 'CallPatient',
    name: '电话回访',
    facility: 'BJ',
    title: '术后回访',
    status: 'open',
    assignee: 'callback-bj',
    candidateGroups: ['callback'],
    candidateUsers: [],
    excludedUsers: [],
    priority: 50,
    createdAt: at,
    updatedAt: at,
  });
  expect(await seen(chain)).toMatchObject({ name: '王女士', phone: '13812345678' });
  const lead = await api.as('callback-lead-bj');
  expect((await lead.get(`/api/follow-ups/${chain}`)).body.phone).toBe('138****5678');
  const trail = (await (await api.as('auditor')).get(`/api/audit?what=${patient}&act=mask-lifted`)).body.items;
  expect(trail).toMatchObject([{ who: 'callback-bj', facility: 'BJ' }]);
});

const touchIds = async (chain: string, states: string[]): Promise<string[]> =>
  ((await seen(chain)).touches ?? []).filter((one: Body) => states.includes(one.state)).map(({ id }: Body) => id);

test('a consent given again takes the chain up, and what was done is not done twice', async () => {
  const { patient, chain } = await aVisitor();
  await eventually(async () => (await seen(chain)).status === 'active');
  const consent = { purpose: 'service', wording: '1', channel: 'WeCom' };
  await told(patient, 'consentChanged', { ...consent, given: false });
  await eventually(async () => (await seen(chain)).status === 'completed');
  const thanks = { id: `first-visit-thanks@V-${patient}`, touch: 'first-visit-thanks', channel: 'message' };
  const sent = { ...thanks, dueAt: new Date().toISOString(), state: 'sent' };
  await FollowUpModel.updateOne({ _id: chain }, { $set: { touches: [sent] } });
  await told(patient, 'consentChanged', { ...consent, given: true });
  await eventually(async () => (await seen(chain)).status === 'active');
  const found = (await seen(chain)).touches.filter(({ touch }: Body) => touch === thanks.touch);
  expect(found).toMatchObject([{ id: thanks.id, state: 'sent' }]);
});

test('an operation made again in another episode ends what follows the first one', async () => {
  const { patient, chain } = await aVisitor();
  const operation = { department: 'plastic-surgery', inpatient: true };
  const first = { ...operation, operation: `OP-${patient}`, suturesDueOn: '2090-03-09' };
  await told(patient, 'operated', first, { episode: `E-${patient}` });
  const reminder = 'sutures-reminder@R0/2090-03-09';
  await eventually(async () => (await touchIds(chain, ['planned'])).includes(reminder));
  const again = { ...operation, operation: `OP2-${patient}`, reoperationOf: `OP-${patient}` };
  await told(patient, 'operated', again, { episode: `E2-${patient}` });
  await eventually(async () => (await touchIds(chain, ['moved'])).includes(reminder));
  expect((await touchIds(chain, ['planned'])).filter((id) => id.startsWith('surgery-care'))).toEqual([]);
  await eventually(async () => (await touchIds(`BJ-E2-${patient}`, ['planned'])).includes('surgery-care-1@R0'));
});

test('what somebody finds out about the sutures is an event of the episode: its touches follow', async () => {
  const { patient, chain, instance } = await aVisitor();
  const operation = { operation: `OP-${patient}`, department: 'plastic-surgery', inpatient: false };
  await told(patient, 'operated', { ...operation, suturesDueOn: '2090-03-09' }, { episode: `E-${patient}` });
  const planned = () => touchIds(chain, ['planned']);
  await eventually(async () => (await planned()).includes('sutures-check@R0/2090-03-09'));
  const context = {
    instance,
    businessKey: chain,
    facility: 'BJ',
    definition: { key: 'followUp', version: 1, hash: '' },
  };
  const about = { ...context, element: 'RecordSutures', key: '7', now: new Date().toISOString(), headers: {} };
  const found = async (key: string, outcome: string, day: string) =>
    recordSutures.run({ patient, episode: chain, outcome, day }, { ...about, key });
  await found('7', 'postponed', '2090-03-12');
  await api.goRound();
  await eventually(async () => (await planned()).includes('sutures-check@R0/2090-03-12'));
  for (let twice = 0; twice < 2; twice += 1) await found('8', 'removed', '2090-03-11');
  await api.goRound();
  await eventually(async () => (await planned()).includes('recovery-call@R0'));
  expect((await planned()).filter((id) => id.startsWith('sutures-check'))).toEqual([]);
  expect(await found('9', 'unknown', '2090-03-11')).toEqual({ recorded: false });
});

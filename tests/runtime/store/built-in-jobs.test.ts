/** The built-in jobs on a database: what they write, and which errors they throw. */
import { ApplicationFailure } from '@temporalio/common';
import { expect, test } from 'vitest';
import { jobActivities } from '../../../activities/jobs/index.ts';
import type { JobContext } from '../../../activities/jobs/job.ts';
import type { Variables } from '../../../engine/model/plan.ts';
import { saveDefinition } from '../../../store/definitions/definitions.ts';
import { listMessagesOf } from '../../../store/messaging/outbox.ts';
import { saveStaff } from '../../../store/organisation/staff.ts';
import { findCaseStatistics } from '../../../store/processes/complaint/case-statistics.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

const at = '2026-11-24T08:00:00.000Z';
const { sendMessage, fileCase, findStaff } = jobActivities;

const contextOf = (instance: string, headers: Record<string, string> = {}, hash = 'one'): JobContext => ({
  instance,
  businessKey: 'L1',
  facility: 'BJ',
  definition: { key: 'leave', version: 1, hash },
  element: 'Work',
  key: 'w1',
  now: at,
  headers,
});

async function deployTexts(): Promise<void> {
  const texts = {
    granted: {
      zh: { subject: '已批准', body: '{days} 天（{businessKey}）' },
      en: { subject: 'Granted', body: '{days} days' },
    },
    filed: { zh: { subject: '已归档', body: '案件 {caseNumber}' } },
    invited: {
      zh: { subject: '邀请', body: '请来院' },
      en: { subject: 'Invitation', body: 'Please come within {days} days' },
      variables: { days: { kind: 'number' } },
    },
  };
  await saveDefinition({
    process: 'leave',
    name: '请假',
    hash: 'one',
    xmlHash: 'one',
    xml: '-',
    plan: JSON.stringify({ key: 'leave', messageTemplates: texts }),
    messageStarts: [],
    warnings: [],
    deployedAt: at,
    deployedBy: 'ops',
  });
}

async function failureOf(work: () => Promise<Variables>): Promise<ApplicationFailure> {
  const answered = await work().catch((error: unknown) => error);
  if (answered instanceof ApplicationFailure) return answered;
  throw new Error(`It did not fail as a job does: ${JSON.stringify(answered)}`);
}

test('a message is the text of the definition an instance runs by, filled in, once per receiver', async () => {
  await deployTexts();
  const context = contextOf('leave/L1', { to: 'handler,patient', template: 'granted', channel: 'sms' });
  expect(await sendMessage({ days: 2 }, context)).toEqual({ sentTo: ['handler', 'patient'] });
  await sendMessage({ days: 2 }, context);
  const messages = await listMessagesOf('leave/L1');
  expect(messages).toHaveLength(2);
  expect(messages[0]).toMatchObject({
    channel: 'sms',
    template: 'granted',
    subject: '已批准（L1）',
    body: '2 天（L1）',
  });
  expect(messages[0]?.data).toEqual({ days: 2 });
});

test('a message goes out in English where it is asked for, and in Chinese where there is no English', async () => {
  await deployTexts();
  await sendMessage({ to: 'ops', template: 'granted', days: 2, language: 'en' }, contextOf('leave/L2'));
  await sendMessage({ to: 'ops', template: 'filed', caseNumber: 'C', language: 'en' }, contextOf('leave/L3'));
  expect(await listMessagesOf('leave/L2')).toMatchObject([{ subject: 'Granted（L1）', body: '2 days' }]);
  expect(await listMessagesOf('leave/L3')).toMatchObject([{ body: '案件 C' }]);
});

test('a message is checked for the values that its own language names', async () => {
  await deployTexts();
  await sendMessage({ to: 'ops', template: 'invited' }, contextOf('leave/L6'));
  expect(await listMessagesOf('leave/L6')).toMatchObject([{ body: '请来院' }]);
  const english = { to: 'ops', template: 'invited', language: 'en' };
  const failing = (input: Variables) => failureOf(async () => sendMessage(input, contextOf('leave/L7')));
  expect((await failing(english)).message).toBe('The message text "invited" needs days.');
  expect((await failing({ ...english, days: 'two' })).message).toMatch('"days" is no number');
});

test('a message without a text takes its subject and body from the task', async () => {
  await sendMessage({ to: ['ops'], subject: '请看', body: '有新事项' }, contextOf('leave/L4'));
  expect(await listMessagesOf('leave/L4')).toMatchObject([
    { subject: '请看（L1）', body: '有新事项', channel: 'notice' },
  ]);
});

test('a message that cannot be written as drawn fails at once', async () => {
  await deployTexts();
  const failing = (input: Variables, hash?: string) =>
    failureOf(async () => sendMessage(input, contextOf('leave/L5', {}, hash)));
  expect(await failing({ to: 'ops', template: 'refused' })).toMatchObject({
    type: 'BadInput',
    message: 'leave version 1 has no message text "refused".',
  });
  expect(await failing({ to: 'ops', template: 'granted' })).toMatchObject({
    message: 'The message text "granted" needs days.',
  });
  expect(await failing({ to: 'ops', template: 'granted', days: 1 }, 'another')).toMatchObject({ type: 'BadInput' });
  expect(await failing({ to: ' , ' })).toMatchObject({ message: 'send-message: to: names nobody.' });
  expect(await listMessagesOf('leave/L5')).toEqual([]);
});

test('a case is filed with copies to the receivers of the diagram, if any', async () => {
  await deployTexts();
  const input = { caseNumber: 'BJ2026110001', rules: { limits: {} }, amount: 3 };
  expect(await fileCase(input, contextOf('c/1', { copiesTo: 'gm-office, legal', template: 'filed' }))).toEqual({
    filedAt: at,
  });
  const copies = await listMessagesOf('c/1');
  expect(copies.map(({ to }) => to).sort()).toEqual(['gm-office', 'legal']);
  // Which case it is says the instance, not a variable.
  expect(copies[0]).toMatchObject({ channel: 'copy', subject: '已归档（L1）', body: '案件 L1' });
  expect(await findCaseStatistics('L1')).toMatchObject({ facility: 'BJ', figures: { amount: 3 } });
  expect(await findCaseStatistics('BJ2026110001')).toBeNull();
  await fileCase(input, contextOf('c/2'));
  expect(await listMessagesOf('c/2')).toEqual([]);
});

test('a role is looked up at the facility of the instance, and an empty role is a BPMN error', async () => {
  await saveStaff({
    _id: 'legal-1',
    name: '康正',
    roles: [{ role: 'legal', facility: 'BJ' }],
    passwordHash: '-',
    active: true,
  });
  expect(await findStaff({}, contextOf('f/1', { role: 'legal' }))).toEqual({
    staffId: 'legal-1',
    staffIds: ['legal-1'],
  });
  expect(
    await failureOf(() => findStaff({ role: 'legal', facility: 'BJ' }, { ...contextOf('f/1'), facility: 'SH' })),
  ).toMatchObject({
    type: 'BpmnError',
    details: ['nobody-in-role', {}],
  });
});

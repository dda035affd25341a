/** Many people at once, each with their own rights: who is first, who is told, and who sees nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../api/http/passwords.ts';
import type { Problem, Reply } from '../../scripts/demo/client.ts';
import { connectStore, disconnectStore } from '../../store/db/connection.ts';
import { saveStaff } from '../../store/organisation/staff.ts';
import { type Careloop, startCareloop } from '../support/careloop.ts';
import {
  aComplaint,
  applies,
  complete,
  decides,
  does,
  journalOf,
  openTask,
  type Page,
  type Registered,
  register,
  type Task,
  toRefund,
} from './acts.ts';

let careloop: Careloop;
beforeAll(async () => {
  careloop = await startCareloop();
  await connectStore(careloop.mongodbUri);
});
afterAll(async () => {
  await disconnectStore();
  await careloop?.close();
});

const statuses = (replies: Reply<unknown>[]) => replies.map((reply) => reply.status).sort();
const refusalIn = (replies: Reply<unknown>[]) => replies.find((reply) => reply.status === 409)?.body as Problem;

describe('two people at once', () => {
  it('lets one decision about a refund win and tells the other who decided', async () => {
    const { caseNumber } = await register(careloop);
    const refundId = await toRefund(careloop, caseNumber, 100_000);
    await applies(careloop, 'consultant-bj', caseNumber, 100_000);
    await decides(careloop, 'cs-director-bj', refundId, 'approve');
    await decides(careloop, 'department-head-bj', refundId, 'approve');
    await openTask(careloop, caseNumber, 'PresidentDecision');
    const route = `POST /api/refunds/${refundId}/decision`;
    const presidents = ['president-bj', 'president2-bj'] as const;
    const replies = await Promise.all([
      careloop.as(presidents[0], route, { body: { decision: 'approve' } }),
      careloop.as(presidents[1], route, { body: { decision: 'reject', reason: '金额过高' } }),
    ]);
    expect(statuses(replies)).toEqual([200, 409]);
    const winner = presidents[replies.findIndex((reply) => reply.status === 200)];
    expect(refusalIn(replies)).toMatchObject({
      code: 'already-decided',
      by: { id: winner },
      detail: expect.stringContaining(String(winner)),
    });
    await openTask(careloop, caseNumber, winner === 'president-bj' ? 'FinanceConfirm' : 'DecideAfterRefund');
  });

  it('lets one completion of a task win and tells the other who did it', async () => {
    const { caseNumber } = await register(careloop);
    const { id } = await openTask(careloop, caseNumber, 'AcceptComplaint');
    await complete(careloop, 'cs-director-bj', id);
    const contact = await openTask(careloop, caseNumber, 'ContactPatient');
    const people = ['cs-director-bj', 'handler-bj'] as const;
    const replies = await Promise.all(
      people.map((staff) => complete(careloop, staff, contact.id, { contactResult: 'reached' })),
    );
    expect(statuses(replies)).toEqual([200, 409]);
    const winner = people[replies.findIndex((reply) => reply.status === 200)];
    expect(refusalIn(replies)).toMatchObject({ code: 'task-gone', by: { id: winner }, at: expect.any(String) });
    const done = (await journalOf(careloop, contact.instance)).filter(
      (line) => line.kind === 'task-completed' && line.element === 'ContactPatient',
    );
    expect(done.map((line) => line.by?.id)).toEqual([winner]);
  });
});

describe('registering', () => {
  it('starts one case when the same request comes twice at once and again later', async () => {
    const ask = { body: aComplaint(), key: 'pressed-twice' };
    const press = () => careloop.as<Registered>('intake-bj', 'POST /api/complaints', ask);
    const replies = [...(await Promise.all([press(), press()])), await press()];
    expect(statuses(replies)).toEqual([201, 201, 201]);
    expect(new Set(replies.map((reply) => reply.body.caseNumber)).size).toBe(1);
    expect(replies.at(-1)?.headers.get('Idempotent-Replayed')).toBe('true');
    const { caseNumber } = replies[0]?.body ?? { caseNumber: '' };
    const started = async () =>
      (await journalOf(careloop, `complaint/${caseNumber}`)).filter((line) => line.kind === 'instance-started');
    await expect.poll(started).toHaveLength(1);
  });

  it('refuses a key that was used for something else', async () => {
    const press = (text: string) =>
      careloop.as<Problem>('intake-bj', 'POST /api/complaints', { body: aComplaint({ text }), key: 'used-twice' });
    expect((await press('等候两小时。')).status).toBe(201);
    const second = await press('报价变了。');
    expect(second.status).toBe(422);
    expect(second.body.code).toBe('idempotency-key-reused');
  });

  it('gives forty registrations at once forty numbers without a gap', async () => {
    const ask = (n: number) => ({ body: aComplaint({ facility: 'CD' }), key: `rush-${n}` });
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, n) => careloop.as<Registered>('intake-cd', 'POST /api/complaints', ask(n))),
    );
    expect(new Set(statuses(replies))).toEqual(new Set([201]));
    const numbers = replies.map((reply) => reply.body.caseNumber).sort();
    const month = numbers[0]?.slice(0, 8) ?? '';
    expect(month).toMatch(/^CD\d{6}$/);
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, n) => `${month}${String(n + 1).padStart(4, '0')}`));
  });
});

describe('who may', () => {
  it('shows a person of Shanghai nothing of Beijing', async () => {
    const { caseNumber, instance } = await register(careloop);
    const task = await openTask(careloop, caseNumber, 'AcceptComplaint');
    const asShanghai = <Body>(route: string, ask = {}) => careloop.as<Body>('handler-sh', route, ask);
    expect((await asShanghai(`GET /api/complaints/${caseNumber}`)).status).toBe(404);
    expect((await asShanghai(`GET /api/tasks/${task.id}`)).status).toBe(404);
    expect((await asShanghai(`POST /api/tasks/${task.id}/complete`, { body: {} })).status).toBe(404);
    expect((await asShanghai<Page<unknown>>('GET /api/complaints?facility=BJ')).body.items).toEqual([]);
    expect((await asShanghai<Page<Task>>('GET /api/tasks?group=*&facility=BJ')).body.items).toEqual([]);
    const all = await asShanghai<Page<{ facility: string }>>('GET /api/complaints?limit=200');
    expect(all.body.items.filter((item) => item.facility !== 'SH')).toEqual([]);
    const there = await asShanghai('POST /api/complaints', { body: aComplaint(), key: 'not-mine' });
    expect(there.status).toBe(403);
    const director = await careloop.as('cs-director-sh', `GET /api/instances/${encodeURIComponent(instance)}`);
    expect(director.status).toBe(404);
  });

  it('lets nobody in without a session, and no role do what is another one’s', async () => {
    const { caseNumber } = await register(careloop);
    const { id } = await openTask(careloop, caseNumber, 'AcceptComplaint');
    expect((await careloop.as(null, 'GET /api/complaints')).status).toBe(401);
    const refused = await complete(careloop, 'cashier-bj', id);
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ code: 'not-a-candidate' });
    const operator = await careloop.as('cashier-bj', 'POST /api/messages', {
      body: { name: 'complaintWithdrawn' },
    });
    expect(operator.status).toBe(403);
  });

  it('refuses an approver their own application, at the task and by signal', async () => {
    const roles = ['consultant', 'cs-director'].map((role) => ({ role, facility: 'BJ' }));
    const passwordHash = await hashPassword(careloop.password);
    await saveStaff({ _id: 'both-bj', name: '双岗', roles, passwordHash, active: true });
    const { caseNumber } = await register(careloop);
    const refundId = await toRefund(careloop, caseNumber, 100_000);
    await applies(careloop, 'both-bj', caseNumber, 100_000);
    const { id } = await openTask(careloop, caseNumber, 'CsDirectorCosign');
    const byTask = await complete(careloop, 'both-bj', id, { decision: 'approve' });
    const route = `POST /api/refunds/${refundId}/decision`;
    const bySignal = await careloop.as('both-bj', route, { body: { decision: 'approve' } });
    for (const reply of [byTask, bySignal]) {
      expect(reply.status).toBe(403);
      expect(reply.body).toMatchObject({ code: 'own-application' });
    }
    await does(careloop, 'cs-director-bj', caseNumber, 'CsDirectorCosign', { decision: 'approve' });
    await openTask(careloop, caseNumber, 'DepartmentHeadDecision');
  });
});

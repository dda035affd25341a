import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/runtime.ts';
import { type Answer, type Body, registered, startApi, type TestApi } from './support.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** The open task of an element, as the group that must act sees it. */
async function taskAt(login: string, caseNumber: string, element: string): Promise<Body> {
  const person = await api.as(login);
  return eventually(async () => {
    const { items } = (await person.get(`/api/tasks?q=${caseNumber}`)).body;
    return items.find((one: Body) => one.element === element);
  });
}

async function complete(login: string, caseNumber: string, element: string, variables = {}): Promise<Answer> {
  const task = await taskAt(login, caseNumber, element);
  const answer = await (await api.as(login)).post(
    `/api/tasks/${task.id}/complete`,
    { variables },
    { key: randomUUID() },
  );
  if (answer.status !== 200) throw new Error(`${element}: ${JSON.stringify(answer.body)}`);
  return answer;
}

async function untilNegotiated(caseNumber: string, plan: Record<string, unknown>): Promise<void> {
  await complete('cs-director-bj', caseNumber, 'AcceptComplaint');
  await complete('handler-bj', caseNumber, 'ContactPatient', { contactResult: 'reached' });
  await complete('cs-director-bj', caseNumber, 'Classify', { classification: 'service' });
  await complete('cs-director-bj', caseNumber, 'ProposePlan', plan);
  await complete('department-head-bj', caseNumber, 'DepartmentHeadApproval', { decision: 'approve' });
  await complete('president-bj', caseNumber, 'PresidentApproval', { decision: 'approve' });
  await complete('cs-director-bj', caseNumber, 'Negotiate', { negotiationResult: 'agreed' });
  await complete('cs-director-bj', caseNumber, 'SignAgreement', { agreement: 'signed' });
}

test('a complaint with a refund is worked through HTTP from registering to prevention', async () => {
  const caseNumber = await registered(api, { demandCents: 300_000 });
  await untilNegotiated(caseNumber, { kind: 'refund', amountCents: 198_000 });
  const consultant = await api.as('consultant-bj');
  const { items } = (await consultant.get('/api/payments?facility=BJ&refundable=true')).body;
  const payment = items.find((one: Body) => one.remainingCents >= 198_000);
  await complete('consultant-bj', caseNumber, 'ApplyRefund', {
    paymentId: payment.id,
    amountCents: 198_000,
    method: 'cash',
  });
  const refundId = `${caseNumber}-R1`;
  const refund = await eventually(async () => {
    const answer = await consultant.get(`/api/refunds/${refundId}`);
    return answer.status === 200 && answer.body.status === 'approving' && answer.body;
  });
  expect(refund).toMatchObject({ amountCents: 198_000, facility: 'BJ' });

  const decide = async (login: string, decision: string, more = {}, key = randomUUID()) =>
    (await api.as(login)).post(`/api/refunds/${refundId}/decision`, { decision, ...more }, { key });
  const tooEarly = await decide('president-bj', 'approve');
  expect(tooEarly).toMatchObject({ status: 403, body: { code: 'wrong-role' } });
  expect(await decide('consultant-bj', 'approve')).toMatchObject({ status: 403 });
  expect(await decide('cs-director-bj', 'reject')).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'body.reason' }] },
  });
  expect(await decide('cs-director-sh', 'approve')).toMatchObject({ status: 404 });

  const key = randomUUID();
  const cosigned = await decide('cs-director-bj', 'approve', {}, key);
  expect(cosigned).toMatchObject({
    status: 200,
    body: {
      result: 'accepted',
      refund: { waitsFor: [{ roles: ['department-head'] }] },
      happened: { en: 'Recorded. Next: Department head decides (department-head).' },
    },
  });
  const again = await decide('cs-director-bj', 'approve', {}, key);
  expect(again.body).toMatchObject({ id: cosigned.body.id, result: 'accepted' });
  expect(await decide('department-head-bj', 'approve')).toMatchObject({ status: 200 });

  const both = await Promise.all([decide('president-bj', 'approve'), decide('president2-bj', 'approve')]);
  expect(both.map((one) => one.status).sort()).toEqual([200, 409]);
  const told = both.find((one) => one.status === 409)?.body;
  expect(told).toMatchObject({
    code: 'already-decided',
    by: { id: expect.stringMatching(/^president2?-bj$/), role: 'president' },
  });

  const decisions = (await consultant.get(`/api/refunds/${refundId}`)).body.decisions;
  expect(decisions.filter((one: Body) => one.result === 'accepted').map((one: Body) => one.role)).toEqual([
    'cs-director',
    'department-head',
    'president',
  ]);
  await complete('finance-bj', caseNumber, 'FinanceConfirm', { financeConfirmation: 'confirmed' });
  await complete('consultant-bj', caseNumber, 'PatientSigns', { patientSignature: 'signed' });
  await complete('cashier-bj', caseNumber, 'PreparePayment', { cashierConfirmation: 'ready' });
  await eventually(async () => (await consultant.get(`/api/refunds/${refundId}`)).body.status === 'paid');
  const held = (await consultant.get('/api/payments?facility=BJ&refundable=false')).body.items;
  expect(held).toMatchObject([{ id: payment.id, activeRefund: refundId }]);
  await complete('cs-director-bj', caseNumber, 'CloseCase', { outcome: 'satisfied' });
  await complete('cs-general-director', caseNumber, 'InternalHandling', { penaltyLevel: 'none' });
  await complete('cs-director-bj', caseNumber, 'PreventRecurrence', {
    improvement: '候诊超过三十分钟主动告知',
    improvementOwner: 'cs-director-bj',
    improvementDueOn: '2026-12-31',
  });
  const director = await api.as('cs-director-bj');
  const view = await eventually(async () => {
    const { body } = await director.get(`/api/complaints/${caseNumber}`);
    return body.status === 'completed' && body;
  });
  expect(view).toMatchObject({ classification: 'service', quality: false, outcome: 'satisfied', tasks: [], waits: [] });
  expect(view.refunds).toMatchObject([{ id: refundId, paidCents: 198_000 }]);
  expect(view.history.map((one: Body) => one.zh)).toContain('韩立群 办结“受理投诉”');
});

test('a second completion is refused with actor and time of the first', async () => {
  const caseNumber = await registered(api);
  const task = await taskAt('cs-director-bj', caseNumber, 'AcceptComplaint');
  const director = await api.as('cs-director-bj');
  const finish = () => director.post(`/api/tasks/${task.id}/complete`, { variables: {} }, { key: randomUUID() });
  const answers = await Promise.all([finish(), finish()]);
  expect(answers.map((one) => one.status).sort()).toEqual([200, 409]);
  const told = answers.find((one) => one.status === 409)?.body;
  expect(told).toMatchObject({ code: 'task-gone', by: { id: 'cs-director-bj', name: '韩立群' }, how: 'completed' });
  expect(told.detail).toMatch('You completed it yourself');
});

test('the same act with the same key is done once and answered again; people read their own act at once', async () => {
  const caseNumber = await registered(api);
  const task = await taskAt('cs-director-bj', caseNumber, 'AcceptComplaint');
  const director = await api.as('cs-director-bj');
  const key = randomUUID();
  const finish = () => director.post(`/api/tasks/${task.id}/complete`, { variables: {} }, { key });
  const first = await finish();
  expect((await director.get(`/api/tasks/${task.id}`)).body.status).toBe('completed');
  const second = await finish();
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(second.body.happened).toEqual(first.body.happened);
});

test('an invalid form is reported field by field', async () => {
  const caseNumber = await registered(api);
  await complete('cs-director-bj', caseNumber, 'AcceptComplaint');
  const task = await taskAt('handler-bj', caseNumber, 'ContactPatient');
  const handler = await api.as('handler-bj');
  const shown = (await handler.get(`/api/tasks/${task.id}`)).body;
  expect(shown.form.fields.find((one: Body) => one.key === 'contactResult')).toMatchObject({ required: true });
  expect(shown.acts).toContain('complete');
  const answer = await handler.post(`/api/tasks/${task.id}/complete`, { variables: { contactResult: 'shouted' } });
  expect(answer).toMatchObject({ status: 422, body: { code: 'form-invalid' } });
  expect(answer.body.errors).toMatchObject([{ path: 'body.variables.contactResult', code: 'option' }]);
});

test('claim, unclaim, assign and return do what they say, and only for those who may', async () => {
  const caseNumber = await registered(api);
  await complete('cs-director-bj', caseNumber, 'AcceptComplaint');
  const { id } = await taskAt('handler-bj', caseNumber, 'ContactPatient');
  const [handler, director, cashier] = await Promise.all(['handler-bj', 'cs-director-bj', 'cashier-bj'].map(api.as));
  if (!handler || !director || !cashier) throw new Error('nobody is logged in');
  const act = (who: typeof handler, name: string, body?: unknown) => who.post(`/api/tasks/${id}/${name}`, body);
  const refused = await act(cashier, 'claim');
  expect(refused).toMatchObject({ status: 403, body: { code: 'not-a-candidate', words: { zh: expect.any(String) } } });
  expect(refused.body.roles.length).toBeGreaterThan(0);
  expect((await act(handler, 'claim')).body.task.assignee).toBe('handler-bj');
  expect(await act(director, 'claim')).toMatchObject({ status: 409, body: { code: 'already-claimed' } });
  expect((await handler.get(`/api/tasks?mine=true&q=${caseNumber}`)).body.items).toMatchObject([{ id }]);
  expect((await act(handler, 'unclaim')).body.task.assignee).toBeNull();
  expect(await act(director, 'assign', { assignee: 'cashier-bj' })).toMatchObject({ status: 422 });
  expect((await act(director, 'assign', { assignee: 'handler-bj' })).body.task.assignee).toBe('handler-bj');
  expect(await act(handler, 'return', {})).toMatchObject({ status: 400 });
  expect((await act(handler, 'return', { reason: '需要主任联系' })).body.task.assignee).toBeNull();
  expect(await act(handler, 'return', { reason: '再次' })).toMatchObject({
    status: 409,
    body: { code: 'not-the-assignee' },
  });
});

test('without a worker an act gets 503, and repeating it with its key does it once', async () => {
  const caseNumber = await registered(api);
  const task = await taskAt('cs-director-bj', caseNumber, 'AcceptComplaint');
  const director = await api.as('cs-director-bj');
  const key = randomUUID();
  const finish = () => director.post(`/api/tasks/${task.id}/complete`, { variables: {} }, { key });
  await api.stopWorker();
  const away = await finish();
  expect(away).toMatchObject({ status: 503, body: { code: 'no-worker' } });
  expect(away.headers.get('Retry-After')).toBe('2');
  expect(away.body.hint).toMatch('same Idempotency-Key');
  const waiting = await (await api.as('intake-bj')).get(`/api/complaints/${caseNumber}`);
  expect(waiting.status).toBe(200);
  await api.startWorker();
  expect(await finish()).toMatchObject({ status: 200 });
  const journal = await (await api.as('ops')).get(`/api/instances/complaint%2F${caseNumber}/journal?limit=200`);
  const done = journal.body.items.filter((one: Body) => one.kind === 'task-completed');
  expect(done).toHaveLength(1);
});

test('a refund that operators cancel gives back what it held of the payment', async () => {
  const caseNumber = await registered(api, { demandCents: 300_000 });
  await untilNegotiated(caseNumber, { kind: 'refund', amountCents: 150_000 });
  const consultant = await api.as('consultant-bj');
  const payments = async (which = ''): Promise<Body[]> =>
    (await consultant.get(`/api/payments?facility=BJ&limit=200${which}`)).body.items;
  const payment = (await payments('&refundable=true')).find((one) => one.remainingCents >= 150_000);
  const remaining = async () => (await payments()).find((one) => one.id === payment.id).remainingCents;
  const about = { paymentId: payment.id, amountCents: 150_000, method: 'cash' };
  await complete('consultant-bj', caseNumber, 'ApplyRefund', about);
  const ops = await api.as('ops');
  const address = `/api/instances/${encodeURIComponent(`refund/${caseNumber}-R1`)}`;
  await eventually(async () => (await remaining()) === payment.remainingCents - 150_000);
  await eventually(async () => (await ops.get(address)).status === 200);
  expect(await ops.post(`${address}/cancel`, { reason: '申请有误' })).toMatchObject({ status: 200 });
  expect(await eventually(async () => (await remaining()) === payment.remainingCents)).toBe(true);
});

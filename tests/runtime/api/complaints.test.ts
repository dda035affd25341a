import { randomUUID } from 'node:crypto';
import { get } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAudit } from '../../../store/audit/entries.ts';
import { ComplaintModel } from '../../../store/processes/complaint/complaints.ts';
import { BusinessKeyModel } from '../../../store/runtime/business-keys.ts';
import { eventually } from '../../support/runtime.ts';
import { aPicture } from '../../support/small-files.ts';
import { aComplaint, registered, startApi, type TestApi } from './support.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

test('a complaint gets a number, a place, and its first task', async () => {
  const intake = await api.as('intake-sh');
  const body = aComplaint({ facility: 'SH' });
  const answer = await intake.post('/api/complaints', body, { key: randomUUID() });
  expect(answer.status).toBe(201);
  expect(answer.body.caseNumber).toMatch(/^SH\d{10}$/);
  expect(answer.headers.get('Location')).toBe(`/api/complaints/${answer.body.caseNumber}`);
  const director = await api.as('cs-director-sh');
  const task = await eventually(
    async () => (await director.get(`/api/tasks?q=${answer.body.caseNumber}`)).body.items[0],
  );
  expect(task).toMatchObject({ businessKey: answer.body.caseNumber, candidateGroups: ['cs-director'] });
});

test('the same request again, also at once, registers one complaint', async () => {
  const intake = await api.as('intake-sh');
  const key = randomUUID();
  const body = aComplaint({ facility: 'SH' });
  const answers = await Promise.all([1, 2, 3].map(() => intake.post('/api/complaints', body, { key })));
  expect(answers.map((one) => one.status)).toEqual([201, 201, 201]);
  expect(new Set(answers.map((one) => one.body.caseNumber)).size).toBe(1);
  const later = await intake.post('/api/complaints', body, { key });
  expect(later.body.caseNumber).toBe(answers[0]?.body.caseNumber);
  expect(later.headers.get('Idempotent-Replayed')).toBe('true');
});

test('a number whose process already runs, after the database was set back, is passed over', async () => {
  const intake = await api.as('intake-bj');
  const first = await intake.post('/api/complaints', aComplaint({ facility: 'BJ' }), { key: randomUUID() });
  const taken = first.body.caseNumber;
  // As in a database restored from before that registration: the number is free again, its process goes on.
  await BusinessKeyModel.deleteOne({ key: taken });
  await ComplaintModel.deleteOne({ _id: taken });
  const key = randomUUID();
  const next = await intake.post('/api/complaints', aComplaint({ facility: 'BJ' }), { key });
  expect(next.status).toBe(201);
  expect(next.body.caseNumber > taken).toBe(true);
  const again = await intake.post('/api/complaints', aComplaint({ facility: 'BJ' }), { key });
  expect(again.body.caseNumber).toBe(next.body.caseNumber);
});

test('an idempotency key reused for other content, or a missing one, is refused with the reason', async () => {
  const intake = await api.as('intake-sh');
  const key = randomUUID();
  const first = await intake.post('/api/complaints', aComplaint({ facility: 'SH' }), { key });
  const second = await intake.post('/api/complaints', aComplaint({ facility: 'SH', text: '另一件事' }), { key });
  expect(second).toMatchObject({
    status: 422,
    body: { code: 'idempotency-key-reused', caseNumber: first.body.caseNumber },
  });
  const without = await intake.post('/api/complaints', aComplaint({ facility: 'SH' }));
  expect(without).toMatchObject({ status: 400, body: { code: 'idempotency-key-missing' } });
  expect(without.body.hint).toMatch('UUID');
});

test('forty at once get forty different numbers', async () => {
  const intake = await api.as('intake-cd');
  const answers = await Promise.all(
    Array.from({ length: 40 }, () =>
      intake.post('/api/complaints', aComplaint({ facility: 'CD' }), { key: randomUUID() }),
    ),
  );
  const numbers = answers.map((one) => one.body.caseNumber).sort();
  expect(new Set(numbers).size).toBe(40);
  expect(Number(numbers[39].slice(8)) - Number(numbers[0].slice(8))).toBe(39);
});

test('each wrong field is reported with its path', async () => {
  const intake = await api.as('intake-bj');
  const body = {
    ...aComplaint(),
    facility: 'Beijing',
    channel: 'fax',
    patient: { name: '' },
    demandCents: 1.5,
    extra: 1,
  };
  const answer = await intake.post('/api/complaints', body, { key: randomUUID() });
  expect(answer.status).toBe(400);
  expect(answer.body.errors.map((one: { path: string }) => one.path).sort()).toEqual([
    'body.channel',
    'body.demandCents',
    'body.extra',
    'body.facility',
    'body.patient.name',
  ]);
});

test('nobody registers at, sees or finds cases of a facility that is not theirs', async () => {
  const caseNumber = await registered(api);
  const stranger = await api.as('cs-director-sh');
  const refused = await stranger.post('/api/complaints', aComplaint(), { key: randomUUID() });
  expect(refused).toMatchObject({ status: 403, body: { code: 'wrong-facility' } });
  expect((await stranger.get(`/api/complaints/${caseNumber}`)).status).toBe(404);
  expect((await stranger.get(`/api/complaints?facility=BJ`)).body.items).toEqual([]);
  expect((await stranger.get(`/api/complaints?q=${caseNumber}`)).body.items).toEqual([]);
  expect((await stranger.get(`/api/tasks?group=*&q=${caseNumber}`)).body.items).toEqual([]);
  const group = await api.as('cs-general-director');
  expect((await group.get(`/api/complaints?q=${caseNumber}`)).body.items).toHaveLength(1);
});

test('phone numbers are masked, except to the person who handles the case, and each look is recorded', async () => {
  const caseNumber = await registered(api);
  const director = await api.as('cs-director-bj');
  const masked = await eventually(async () => {
    const { body } = await director.get(`/api/complaints/${caseNumber}`);
    return body.tasks.length > 0 && body;
  });
  expect(masked.intake).toMatchObject({ phonesMasked: true, patient: { phone: '138****1234' } });
  const lifts = () => listAudit({ act: 'mask-lifted', id: caseNumber, limit: 10 });
  expect(await lifts()).toEqual([]);
  await director.post(`/api/tasks/${masked.tasks[0].id}/claim`);
  const handling = (await director.get(`/api/complaints/${caseNumber}`)).body;
  expect(handling.intake).toMatchObject({ phonesMasked: false, patient: { phone: '13800001234' } });
  expect(await lifts()).toMatchObject([
    { who: 'cs-director-bj', details: { fields: ['patient.phone', 'complainant.phone'] }, facility: 'BJ' },
  ]);
});

test('roles that do not work on complaints read neither texts nor names, nor find by them', async () => {
  const text = `只有一次 ${randomUUID()}`;
  const caseNumber = await registered(api, { text });
  const [cashier, handler] = [await api.as('cashier-bj'), await api.as('handler-bj')];
  await eventually(async () => (await handler.get(`/api/complaints/${caseNumber}`)).body.history.length > 0);
  expect((await cashier.get(`/api/complaints/${caseNumber}`)).status).toBe(404);
  expect((await cashier.get(`/api/complaints?q=${caseNumber}`)).body.items).toEqual([]);
  // Who oversees the work sees that there is a case, and not what was told.
  const ops = await api.as('ops');
  expect((await ops.get(`/api/complaints/${caseNumber}`)).body).toMatchObject({ caseNumber, intake: null });
  const q = encodeURIComponent(text.slice(-12));
  expect((await cashier.get(`/api/complaints?q=${q}`)).body.items).toEqual([]);
  expect((await handler.get(`/api/complaints?q=${q}`)).body.items).toMatchObject([{ caseNumber }]);
});

test('a search text is taken as it is, whatever signs it has', async () => {
  const handler = await api.as('handler-bj');
  for (const q of ['.*', '(', '[a-', '\\', '$where'])
    expect((await handler.get(`/api/complaints?q=${encodeURIComponent(q)}`)).body.items).toEqual([]);
});

test('pages follow each other without gap or repeat, also when new cases come in between', async () => {
  const director = await api.as('cs-director-cd');
  const seen: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 10; page++) {
    const more: string = cursor === undefined ? '' : `&cursor=${cursor}`;
    const answer = await director.get(`/api/complaints?facility=CD&status=active&limit=7${more}`);
    seen.push(...answer.body.items.map((one: { caseNumber: string }) => one.caseNumber));
    if (page === 1) await registered(api, { facility: 'CD' });
    cursor = answer.body.nextCursor;
    if (cursor === undefined) break;
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength(40);
  const wrong = await director.get('/api/complaints?cursor=abc');
  expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'query.cursor' }] } });
});

test('filters narrow the list, and an unknown one is reported', async () => {
  const director = await api.as('cs-director-cd');
  const count = async (query: string) => (await director.get(`/api/complaints?${query}`)).body.items.length;
  expect(await count('overdue=false&limit=200')).toBeGreaterThanOrEqual(40);
  expect(await count('overdue=true')).toBe(0);
  expect(await count('status=completed')).toBe(0);
  expect(await count('stage=closing')).toBe(0);
  expect(await director.get('/api/complaints?colour=red')).toMatchObject({ status: 400 });
});

test('a read that has not changed is answered with 304', async () => {
  const handler = await api.as('handler-bj');
  const path = '/api/calendar/why?from=2026-09-30&workingDays=3&facility=BJ';
  const etag = (await handler.get(path)).headers.get('ETag') ?? 'none';
  expect(await statusOf(path, { ...handler.headers, 'If-None-Match': etag })).toBe(304);
  expect(await statusOf(path, { ...handler.headers, 'If-None-Match': '"another"' })).toBe(200);
});

/** Not by `fetch`: it adds `Cache-Control: no-cache` to a condition of one's own, which asks for the whole answer. */
function statusOf(path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(api.address + path, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).once('error', reject);
  });
}

test('a complaint is started by its start form like any process, and keeps fields given outside of it', async () => {
  const intake = await api.as('intake-bj');
  const photo = await intake.post('/api/files?process=complaint&facility=BJ', aPicture(33), {
    headers: { 'Content-Type': 'application/octet-stream', 'File-Name': 'x.png' },
  });
  const variables = {
    channel: 'in-person',
    patient: 'MR-33',
    patientName: '王女士',
    patientPhone: '13800001234',
    otherComplainant: true,
    complainantName: '李先生',
    relation: '配偶',
    text: '等候两小时。',
    demandCents: 30_000,
    peopleInvolved: [{ name: '张医生', role: '医生' }],
    evidence: [photo.body.id],
    emergency: false,
    seriousEvent: false,
  };
  const key = randomUUID();
  const body = { process: 'complaint', facility: 'BJ', variables };
  const started = await intake.post('/api/instances', body, { key });
  expect(started).toMatchObject({ status: 201, body: { process: 'complaint', began: true } });
  const { id, businessKey } = started.body;
  expect((await intake.post('/api/instances', body, { key })).body).toMatchObject({ businessKey, began: false });
  const director = await api.as('cs-director-bj');
  const told = await eventually(async () => {
    const answer = await director.get(`/api/complaints/${businessKey}`);
    return answer.status === 200 ? answer.body : undefined;
  });
  expect(told.intake).toMatchObject({
    channel: 'in-person',
    patient: { name: '王女士', recordNumber: 'MR-33' },
    complainant: { name: '李先生', relation: '配偶' },
    peopleInvolved: [{ name: '张医生', role: '医生' }],
    demandCents: 30_000,
  });
  const path = `/api/instances/${encodeURIComponent(id)}`;
  expect((await director.get(`${path}/files`)).body.items).toMatchObject([{ id: photo.body.id, instance: id }]);
  const ops = await api.as('ops');
  expect((await ops.get(path)).body.columns).toMatchObject({ patient: 'MR-33' });
  const held = JSON.stringify((await ops.get(`${path}/variables`)).body);
  expect(held).toContain('MR-33');
  for (const text of ['王女士', '13800001234', '李先生', '等候两小时']) expect(held).not.toContain(text);
});

test('errors in the start form of a complaint are reported at its fields, and files of others are not accepted', async () => {
  const intake = await api.as('intake-bj');
  const start = (variables: object) =>
    intake.post('/api/instances', { process: 'complaint', facility: 'BJ', variables });
  const told = { channel: 'hotline', patientName: '王女士', text: '等候' };
  const errors = async (variables: object) =>
    (await start(variables)).body.errors.map(({ path }: { path: string }) => path);
  expect(await errors({ ...told, patientPhone: 'none', text: '' })).toEqual([
    'body.variables.patientPhone',
    'body.variables.text',
  ]);
  expect(await errors({ ...told, evidence: ['nobody-knows'] })).toEqual(['body.variables.evidence.0']);
  expect(await errors({ ...told, anything: 1 })).toEqual(['body.variables.anything']);
  const version = await intake.post('/api/instances', {
    process: 'complaint',
    facility: 'BJ',
    businessKey: 'BJ2026010001',
    variables: told,
  });
  expect(version.status).toBe(422);
});

/** Rule sets and facilities: looked at by everybody, changed by operators of the group, by two of them where money is touched. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFacility } from '../../../store/organisation/facilities.ts';
import { findRules } from '../../../store/organisation/rule-sets.ts';
import { type Answer, type Body, type Caller, startApi, type TestApi } from './support.ts';

let api: TestApi;
let ops: Caller;
beforeAll(async () => {
  api = await startApi({ worker: false });
  ops = await api.as('ops');
});
afterAll(() => api?.close());

const today = new Date().toISOString().slice(0, 10);
const publish = (by: Caller, body: object): Promise<Answer> => by.post('/api/rule-sets/elsewhere/versions', body);
const newest = async (): Promise<number> =>
  (await ops.get('/api/rule-sets')).body.items.find((one: Body) => one.key === 'elsewhere').versions[0].version;
const rulesOf = async (version: number): Promise<Map<string, Body>> => {
  const { groups } = (await ops.get(`/api/rule-sets/elsewhere/versions/${version}`)).body;
  return new Map(groups.flatMap(({ rules }: Body) => rules).map((rule: Body) => [rule.path, rule]));
};
const held = async (path: string, day = today) => {
  const rules = (await findRules('elsewhere', day))?.rules as Body;
  return path.split('.').reduce((inner, name) => inner[name], rules);
};

test('a rule set is shown rule by rule, with what kind of value it is and who reads it', async () => {
  const handler = await api.as('handler-bj');
  const sets = (await handler.get('/api/rule-sets')).body.items;
  expect(sets.map((one: Body) => [one.key, one.facilities])).toEqual([
    ['beijing', ['BJ']],
    ['elsewhere', ['CD', 'SH']],
  ]);
  expect(sets[0].versions).toMatchObject([{ version: 1, inForce: true }]);
  const rules = await rulesOf(1);
  expect(rules.get('limits.approval')).toMatchObject({ kind: 'duration', name: '审批', readBy: ['complaint'] });
  expect(rules.get('refund.gmAboveCents')).toMatchObject({ kind: 'money', value: 5_000_000, readBy: ['refund'] });
  expect(rules.get('refund.approvers')).toMatchObject({ kind: 'roles' });
  expect(rules.get('limits.callbackDays')).toMatchObject({ kind: 'numbers' });
});

test('a new version says what it changes and for which processes, and holds from its first day', async () => {
  const base = await newest();
  const looked = await publish(ops, {
    base,
    validFrom: '2031-01-01',
    rules: { 'limits.approval': 'PT12H' },
    dryRun: true,
  });
  expect(looked).toMatchObject({
    status: 200,
    body: {
      ruleSet: { key: 'elsewhere', version: base + 1, validFrom: '2031-01-01' },
      changes: [{ path: 'limits.approval', before: 'PT24H', after: 'PT12H' }],
      newCases: [{ process: 'complaint', paths: ['limits.approval'] }],
      money: ['elsewhere/limits.approval'],
    },
  });
  expect(await newest()).toBe(base);
  // No process reads it, least of all one that moves money.
  const body = { base, validFrom: '2031-01-01', rules: { 'limits.reopen': 'P5D' }, note: '缩短重开' };
  expect((await publish(ops, body)).status).toBe(200);
  expect(await held('limits.reopen')).toBe('P10D');
  expect(await held('limits.reopen', '2031-01-01')).toBe('P5D');
  const { versions } = (await ops.get('/api/rule-sets')).body.items[1];
  expect(versions[0]).toMatchObject({ version: base + 1, inForce: false, publishedBy: 'ops', note: '缩短重开' });
  expect((await publish(ops, body)).body.code).toBe('changed-meanwhile');
});

test('a value of another kind, an unknown rule and a last day before the first are refused', async () => {
  const wrong = {
    'limits.approval': 'soon',
    'limits.firstContactWorkingDays': -1,
    'refund.gmAboveCents': 0.5,
    'refund.approvers': ['nobody'],
    'limits.callbackDays': [],
    'limits.unheardOf': 1,
  };
  const body = { base: await newest(), validFrom: '2031-01-02', validTo: '2031-01-01', rules: wrong };
  const answer = await publish(ops, body);
  expect(answer.status).toBe(422);
  expect(answer.body.errors.map((one: Body) => one.code)).toEqual([
    'no_duration',
    'no_number',
    'no_money',
    'no_roles',
    'no_numbers',
    'unknown_rule',
    'before_from',
  ]);
});

test('what a process that moves money reads is published by two people', async () => {
  const change = { base: await newest(), validFrom: today, rules: { 'refund.gmAboveCents': 4_000_000 } };
  const alone = await publish(ops, change);
  expect(alone).toMatchObject({ status: 409, body: { code: 'second-person-needed' } });
  expect(alone.body.elements).toContain('elsewhere/refund.gmAboveCents');
  const act = 'POST /api/rule-sets/{key}/versions';
  const proposed = await ops.post('/api/proposals', {
    act,
    params: { key: 'elsewhere' },
    body: change,
    reason: '降低',
  });
  expect(proposed.status).toBe(201);
  expect(await held('refund.gmAboveCents')).toBe(5_000_000);
  const shown = (await ops.get(`/api/proposals/${proposed.body.id}`)).body;
  expect(shown.preview.changes).toContainEqual({
    path: 'refund.gmAboveCents',
    before: 5_000_000,
    after: 4_000_000,
  });
  const release = (by: Caller) => by.post(`/api/proposals/${proposed.body.id}/release`);
  expect((await release(ops)).body.code).toBe('same-person');
  expect((await release(await api.as('ops2'))).status).toBe(200);
  expect(await held('refund.gmAboveCents')).toBe(4_000_000);
});

test('a facility is changed with what is known only; another region needs two people', async () => {
  const chengdu = (await ops.get('/api/facilities')).body.items.find((one: Body) => one.code === 'CD');
  expect(chengdu).toMatchObject({ name: '成都', region: 'elsewhere', ruleSet: { key: 'elsewhere' } });
  const { code: _code, ruleSet: _ruleSet, ...fields } = chengdu;
  const put = (change: object) => ops.put('/api/facilities/CD', { ...fields, ...change });
  expect((await put({ name: '成都锦江' })).body).toMatchObject({ code: 'CD', name: '成都锦江' });
  expect((await findFacility('CD'))?.name).toBe('成都锦江');
  const wrong = await put({ zone: 'Moon/Base', calendar: 'mars' });
  expect(wrong.body.errors.map((one: Body) => one.code)).toEqual(['unknown_zone', 'unknown_calendar']);
  expect(await put({ region: 'beijing' })).toMatchObject({ status: 409, body: { code: 'second-person-needed' } });
  expect((await findFacility('CD'))?.region).toBe('elsewhere');
  expect((await ops.put('/api/facilities/ZZ', fields)).status).toBe(404);
});

/** Substitutes: who is away says who stands in; these find the tasks, take them over and complete them under their own name. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diagramXml, flow } from '../../engine/compile/builders.ts';
import { eventually } from '../../support/runtime.ts';
import { openEvents } from './event-stream.ts';
import { type Body, type Caller, password, startApi, type TestApi } from './support.ts';

let api: TestApi;
let away: Caller;
let substitute: Caller;
beforeAll(async () => {
  api = await startApi();
  [away, substitute] = await Promise.all([api.as('handler-bj'), api.as('intake-bj')]);
});
afterAll(() => api.close());

const dayFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const during = (id: string, from = dayFromNow(-2), until = dayFromNow(2)) => ({
  items: [{ substitute: id, from, until }],
});

const itemsFor = async (who: Caller, query: string): Promise<Body[]> =>
  (await who.get(`/api/tasks?${query}&assignee=available`)).body.items;

/** A task that names the person who is away, and one of the role `handler` that they have claimed. */
async function tasksOfAway(): Promise<{ named: string; claimed: string }> {
  const task = (id: string, assignment: string) =>
    `<bpmn:userTask id="${id}" name="${id}"><bpmn:extensionElements><zeebe:userTask/><zeebe:assignmentDefinition ${assignment}/></bpmn:extensionElements></bpmn:userTask>`;
  const xml = diagramXml(
    `<bpmn:startEvent id="S"/>
     ${task('Named', 'assignee="handler-bj"')}${task('OfRole', 'candidateGroups="handler"')}
     <bpmn:parallelGateway id="G"/><bpmn:endEvent id="E1"/><bpmn:endEvent id="E2"/>
     ${flow('f1', 'S', 'G')}${flow('f2', 'G', 'Named')}${flow('f3', 'G', 'OfRole')}${flow('f4', 'Named', 'E1')}${flow('f5', 'OfRole', 'E2')}`,
  ).replace('id="P"', 'id="errand"');
  const operator = await api.as('ops');
  expect((await operator.post('/api/definitions', { xml }, { key: randomUUID() })).status).toBe(201);
  const start = { process: 'errand', facility: 'BJ' };
  expect((await operator.post('/api/instances', start, { key: randomUUID() })).status).toBe(201);
  const found = await eventually(async () => {
    const items = await itemsFor(away, 'process=errand');
    return items.length === 2 && items;
  });
  const idOf = (element: string): string => found.find((one) => one.element === element)?.id;
  await away.post(`/api/tasks/${idOf('OfRole')}/claim`, {});
  return { named: idOf('Named'), claimed: idOf('OfRole') };
}

test('a list of substitutes is checked, kept and shown to both', async () => {
  const refusals: [object, string][] = [
    [during('nobody'), 'no_colleague'],
    [during('handler-sh'), 'no_colleague'],
    [during('handler-bj'), 'oneself'],
    [during('intake-bj', '2026-12-05', '2026-12-01'), 'before_from'],
    [during('intake-bj', '2026-12-05', '2028-12-01'), 'too_long'],
  ];
  for (const [body, code] of refusals) {
    const { status, body: problem } = await away.put('/api/me/substitutes', body);
    expect([status, problem.errors[0].code]).toEqual([422, code]);
  }
  expect((await away.put('/api/me/substitutes', during('intake-bj'))).body.items).toMatchObject([
    { substitute: 'intake-bj', name: expect.any(String) },
  ]);
  expect((await substitute.get('/api/me/substitutes')).body).toMatchObject({
    items: [],
    represented: [{ id: 'handler-bj' }],
  });
  await away.put('/api/me/substitutes', during('intake-bj', dayFromNow(3), dayFromNow(4)));
  expect((await substitute.get('/api/me/substitutes')).body.represented).toEqual([]);
});

test('an administrator sets substitutes, not at another facility and not for themselves', async () => {
  const administrator = await api.as('administrator');
  const path = '/api/staff/handler-bj/substitutes';
  expect((await administrator.put(path, during('intake-bj'))).status).toBe(200);
  expect((await administrator.get(path)).body.items).toMatchObject([{ substitute: 'intake-bj' }]);
  expect((await substitute.get(path)).status).toBe(403);
  expect((await administrator.put('/api/staff/administrator/substitutes', { items: [] })).status).toBe(403);
  await administrator.put(path, { items: [] });
});

test('tasks of who is away are taken over and completed: named ones by any substitute, those of a role by who holds it', async () => {
  const administrator = await api.as('administrator');
  const colleague = { id: 'handler2-bj', name: '沈知行', roles: [{ role: 'handler', facility: 'BJ' }] };
  await administrator.post('/api/staff', colleague, { key: randomUUID() });
  const link = await administrator.post(`/api/staff/${colleague.id}/password-link`, {}, { key: randomUUID() });
  await api.anonymous.post('/api/password', { token: link.body.token, password });
  const second = await api.as(colleague.id);
  const { named, claimed } = await tasksOfAway();
  const seen = async (who: Caller) => (await itemsFor(who, 'process=errand')).map(({ id }) => id).sort();
  const toSelf = (who: Caller, id: string, self: string) => who.post(`/api/tasks/${id}/assign`, { assignee: self });

  expect([await seen(substitute), await seen(second)]).toEqual([[], []]);
  expect((await toSelf(substitute, named, 'intake-bj')).status).toBe(403);
  await away.put('/api/me/substitutes', {
    items: [...during('intake-bj').items, ...during(colleague.id).items],
  });
  expect(await seen(substitute)).toEqual([named]);
  expect(await seen(second)).toEqual([named, claimed].sort());
  expect((await substitute.get('/api/tasks/counts')).body.todo).toBeGreaterThanOrEqual(1);
  const theirs = (await substitute.get('/api/tasks?process=errand&assignee=represented')).body.items;
  expect(theirs.map(({ id }: Body) => id)).toEqual([named]);
  expect((await substitute.get(`/api/tasks/${named}`)).body).toMatchObject({ mayTakeOver: true, acts: ['assign'] });
  expect((await substitute.get(`/api/tasks/${claimed}`)).body).toMatchObject({ mayTakeOver: false, acts: [] });
  expect((await toSelf(substitute, claimed, 'intake-bj')).body.code).toBe('not-a-candidate');
  expect((await substitute.post(`/api/tasks/${named}/complete`, { variables: {} })).status).toBe(403);
  expect((await toSelf(substitute, named, 'cashier-bj')).status).toBe(422);

  expect((await toSelf(substitute, named, 'intake-bj')).status).toBe(200);
  expect((await substitute.post(`/api/tasks/${named}/complete`, { variables: {} })).status).toBe(200);
  expect((await second.get(`/api/tasks/${claimed}`)).body).toMatchObject({ mayTakeOver: true });
  expect((await toSelf(second, claimed, colleague.id)).status).toBe(200);
  expect((await second.post(`/api/tasks/${claimed}/complete`, { variables: {} })).status).toBe(200);
  const trail: Body[] = (await (await api.as('auditor')).get('/api/audit?limit=100')).body.items;
  const taken = trail.find(
    (one) => one.act === 'POST /api/tasks/{id}/assign' && one.what.id === named && one.result === 'done',
  );
  expect(taken).toMatchObject({ who: 'intake-bj', details: { inPlaceOf: 'handler-bj' } });
});

test('the change stream of a substitute tells of tasks that name the person who is away, and of none before', async () => {
  const operator = await api.as('ops');
  const assignment = '<zeebe:userTask/><zeebe:assignmentDefinition candidateUsers="handler-bj"/>';
  const xml = diagramXml(
    `<bpmn:startEvent id="S"/><bpmn:endEvent id="E"/>${flow('f1', 'S', 'Offered')}${flow('f2', 'Offered', 'E')}
     <bpmn:userTask id="Offered"><bpmn:extensionElements>${assignment}</bpmn:extensionElements></bpmn:userTask>`,
  ).replace('id="P"', 'id="offer"');
  expect((await operator.post('/api/definitions', { xml }, { key: randomUUID() })).status).toBe(201);
  const offered = async (): Promise<string> => {
    const begun = await operator.post('/api/instances', { process: 'offer', facility: 'BJ' }, { key: randomUUID() });
    return eventually(async () => {
      const items = await itemsFor(away, 'process=offer');
      return items.find(({ instance }) => instance === begun.body.id)?.id;
    });
  };
  await away.put('/api/me/substitutes', during('cashier-bj'));
  const stream = await openEvents(api.address, substitute);
  const ofAway = await openEvents(api.address, away);
  await stream.until(({ event }) => event === 'ready');
  const before = await offered();
  await ofAway.until(({ data }) => data.id === before);
  expect(stream.events.filter(({ data }) => data.id === before)).toEqual([]);
  await away.put('/api/me/substitutes', during('intake-bj'));
  // A stream that is opened now knows at once; one that is open learns of it with the next look at its session.
  const later = await openEvents(api.address, substitute);
  await later.until(({ event }) => event === 'ready');
  const standingIn = await offered();
  await later.until(({ data }) => data.id === standingIn);
  for (const one of [stream, ofAway, later]) one.close();
});

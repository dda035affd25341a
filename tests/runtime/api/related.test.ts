/** What belongs together: calls both ways, and others about the same, as far as somebody may read them. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/runtime.ts';
import { type Body, registered, startApi, type TestApi } from './support.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const about = (recordNumber: string) => ({ patient: { name: '王女士', recordNumber } });
const path = (caseNumber: string) => `/api/instances/${encodeURIComponent(`complaint/${caseNumber}`)}/related`;
const idsIn = (items: Body[]): string[] => items.map(({ id }) => id).sort();

test('related cases of a patient are listed with the shared column, to those who may read them', async () => {
  const number = `MR-${randomUUID().slice(0, 8)}`;
  const first = await registered(api, about(number));
  const second = await registered(api, about(number));
  await registered(api, about(`${number}-other`));
  await registered(api, { ...about(number), facility: 'SH' });
  const director = await api.as('cs-director-bj');
  const same = await eventually(async () => {
    const { body } = await director.get(path(first));
    return body.same?.length > 0 ? body.same : undefined;
  });
  expect(same).toMatchObject([{ column: { id: 'patient', name: '病案号' }, value: number }]);
  expect(idsIn(same[0].items)).toEqual([`complaint/${second}`]);
  const query = `facility=BJ&column=patient&value=${number.toLowerCase()}`;
  const similar = await eventually(async () => {
    const { items } = (await director.get(`/api/similar-instances?${query}`)).body;
    return items.length === 2 ? items : undefined;
  });
  expect(idsIn(similar)).toEqual([`complaint/${first}`, `complaint/${second}`].sort());
  const cashier = await api.as('cashier-bj');
  expect((await cashier.get(`/api/similar-instances?${query}`)).body.items).toEqual([]);
  expect((await cashier.get(path(first))).status).toBe(404);
  expect((await director.get('/api/similar-instances?facility=BJ&column=text&value=MR')).body.items).toEqual([]);
});

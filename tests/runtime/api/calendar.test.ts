/** A year's notice of holidays is taken into a calendar and brought to the instances that run by an older version. */
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { findCalendar } from '../../../store/organisation/calendars.ts';
import { findInstance } from '../../../store/runtime/instances.ts';
import { sealingClient } from '../../../temporal/sealing/client.ts';
import { sendCalendars } from '../../../worker/calendar-rounds.ts';
import { testKeys } from '../../support/keys.ts';
import { namespace } from '../../support/namespace.ts';
import { eventually } from '../../support/runtime.ts';
import { registered, startApi, type TestApi } from './support.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

/** New Year's Day alone: less than the law gives, hence warnings. */
const notice = { year: 2031, title: '关于2031年部分节假日安排的通知', off: { '2031-01-01': '元旦' }, worked: {} };

test('a notice makes the next version, and running instances are sent it', async () => {
  const instance = `complaint/${await registered(api)}`;
  const before = await eventually(() => findInstance(instance));
  const version = before.calendar?.version ?? 0;
  const ops = await api.as('ops');

  const rehearsed = await ops.post('/api/calendars/china/notices', { ...notice, dryRun: true });
  expect(rehearsed).toMatchObject({ status: 200, body: { calendar: { version: version + 1 } } });
  expect((await findCalendar('china'))?.version).toBe(version);
  expect(rehearsed.body.running).toBe(1);
  expect(rehearsed.body.changes).toContainEqual({
    date: '2031-05-01',
    weekday: 4,
    before: { working: false, reason: '劳动节' },
    after: { working: true, reason: '工作日' },
  });
  // Nothing of it is due as late as that.
  expect(rehearsed.body.due).toEqual([]);
  const thisYear = { ...notice, year: 2026, title: '更正', off: { '2026-01-01': '元旦' } };
  const sooner = await ops.post('/api/calendars/china/notices', { ...thisYear, dryRun: true });
  expect(sooner.body.due).toEqual([{ process: 'complaint', count: 1 }]);

  const taken = await ops.post('/api/calendars/china/notices', notice);
  expect(taken).toMatchObject({ status: 200, body: { calendar: { id: 'china', version: version + 1 }, running: 1 } });
  expect(taken.body.warnings.map((one: { code: string }) => one.code)).toContain('statutory-day-missing');

  const connection = await Connection.connect({ address: inject('temporalAddress') });
  await sendCalendars(sealingClient(connection, namespace, testKeys), new Map());
  await connection.close();
  const after = await eventually(async () => {
    const row = await findInstance(instance);
    return row?.calendar?.version === version + 1 && row;
  });
  expect(after.calendar).toEqual({ id: 'china', version: version + 1 });

  const again = await ops.post('/api/calendars/china/notices', notice);
  expect(again.body).toMatchObject({ calendar: { version: version + 1 }, running: 0 });
});

test('a calendar tells its notices, what is missing, and a year day by day', async () => {
  const handler = await api.as('handler-bj');
  const [calendar] = (await handler.get('/api/calendars')).body.items;
  expect(calendar).toMatchObject({ id: 'china', zone: 'Asia/Shanghai', facilities: ['BJ', 'CD', 'SH'] });
  expect(calendar.years).toContainEqual({ year: 2026, notice: expect.stringContaining('2026') });
  const published = new Set(calendar.years.map(({ year }: { year: number }) => year));
  for (const year of calendar.missing) expect(published.has(year)).toBe(false);
  const { body } = await handler.get('/api/calendars/china/years/2026');
  expect(body).toMatchObject({ year: 2026, workingDays: 248, notice: expect.stringContaining('2026') });
  expect(body.days.find(({ date }: { date: string }) => date === '2026-10-10')).toMatchObject({ working: true });
  expect((await handler.get('/api/calendars/mars/years/2026')).status).toBe(404);
});

test('a notice with a mistake changes nothing and says what is wrong', async () => {
  const { version } = (await findCalendar('china'))!;
  const ops = await api.as('ops');
  const wrong = { ...notice, worked: { '2031-01-02': '调休' } };
  const answer = await ops.post('/api/calendars/china/notices', wrong);
  expect(answer).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'body.2031-01-02', code: 'worked_on_a_weekday' }] },
  });
  expect((await findCalendar('china'))?.version).toBe(version);
  expect(await ops.post('/api/calendars/mars/notices', notice)).toMatchObject({ status: 404 });
});

test('only operators take one', async () => {
  const president = await api.as('president-bj');
  expect(await president.post('/api/calendars/china/notices', notice)).toMatchObject({ status: 403 });
});

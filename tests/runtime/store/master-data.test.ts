import { expect, test, vi } from 'vitest';
import { listDefinitions, saveDefinition } from '../../../store/definitions/definitions.ts';
import { findPlan } from '../../../store/definitions/plans.ts';
import { findMessageStarts } from '../../../store/definitions/uses.ts';
import { calendarAsOf, facilityAsOf, rulesAsOf } from '../../../store/organisation/as-of-revision.ts';
import { findCandidates } from '../../../store/organisation/assignable.ts';
import { findCalendar, saveCalendar } from '../../../store/organisation/calendars.ts';
import { FacilityModel, saveFacility } from '../../../store/organisation/facilities.ts';
import { findOrganisationRevision } from '../../../store/organisation/revision.ts';
import { findRules, saveRules } from '../../../store/organisation/rule-sets.ts';
import { findByLogin, findByRole, saveStaff } from '../../../store/organisation/staff.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

const at = '2026-11-22T08:00:00.000Z';

const aDefinition = (process: string, hash: string, messageStarts: { name: string; element: string }[] = []) => ({
  process,
  name: '投诉',
  hash,
  xmlHash: hash,
  xml: '<definitions/>',
  plan: JSON.stringify({ key: process, hash }),
  messageStarts,
  warnings: [],
  deployedAt: at,
  deployedBy: 'ops',
});

test('a definition gets the next version, an unchanged one keeps its own', async () => {
  expect(await saveDefinition(aDefinition('complaint', 'a'))).toEqual({ version: 1, created: true });
  expect(await saveDefinition(aDefinition('complaint', 'a'))).toEqual({ version: 1, created: false });
  expect(await saveDefinition(aDefinition('complaint', 'b'))).toEqual({ version: 2, created: true });
  expect(await findPlan('complaint')).toEqual({ plan: { key: 'complaint', hash: 'b' }, version: 2, hash: 'b' });
  expect(await findPlan('complaint', 1)).toMatchObject({ version: 1, hash: 'a' });
  expect(await findPlan('unknown')).toBeNull();
});

test('deployments at once get different versions', async () => {
  const saved = await Promise.all(['1', '2', '3', '4'].map((hash) => saveDefinition(aDefinition('refund', hash))));
  expect(saved.map((one) => one.version).sort()).toEqual([1, 2, 3, 4]);
  expect((await listDefinitions('refund')).map((one) => one.version)).toEqual([4, 3, 2, 1]);
});

test('a message begins the newest version that waits for it, and none when the newest does not', async () => {
  const start = [{ name: 'visit-ended', element: 'VisitEnded' }];
  await saveDefinition(aDefinition('followUp', 'a', start));
  expect(await findMessageStarts('visit-ended')).toEqual([{ process: 'followUp', version: 1, element: 'VisitEnded' }]);
  await saveDefinition(aDefinition('followUp', 'b'));
  expect(await findMessageStarts('visit-ended')).toEqual([]);
});

test('a calendar is found in its newest version and a version never changes', async () => {
  const calendar = {
    id: 'china',
    version: 1,
    zone: 'Asia/Shanghai',
    years: {},
    off: { '2026-10-01': '国庆节' },
    worked: {},
  };
  expect(await saveCalendar(calendar)).toBe(true);
  expect(await saveCalendar({ ...calendar, off: {} })).toBe(false);
  expect(await saveCalendar({ ...calendar, version: 2, off: {} })).toBe(true);
  expect(await findCalendar('china')).toEqual({ ...calendar, version: 2, off: {} });
  expect(await findCalendar('china', 1)).toEqual(calendar);
});

test('the rule set in force is the one that began last and has not ended', async () => {
  const rules = (key: string, validFrom: string, validTo?: string) => ({
    key,
    name: key,
    region: 'beijing',
    validFrom,
    ...(validTo && { validTo }),
    version: 1,
    rules: { limits: { closure: 'P7D' } },
  });
  await saveRules(rules('old', '2020-01-01'));
  await saveRules(rules('drill', '2026-03-01', '2026-03-31'));
  expect((await findRules('beijing', '2026-03-15'))?.key).toBe('drill');
  expect((await findRules('beijing', '2026-04-01T00:00:00.000Z'))?.key).toBe('old');
  expect(await findRules('beijing', '2019-12-31')).toBeNull();
});

test('facilities, calendars and rules are read once as of a revision, and again after each change', async () => {
  const place = {
    _id: 'CD',
    name: '成都',
    englishName: 'Chengdu',
    region: 'west',
    zone: 'Asia/Shanghai',
    calendar: 'west',
  };
  const calendar = { id: 'west', zone: 'Asia/Shanghai', years: {}, off: {}, worked: {} };
  const rules = { key: 'west', name: 'west', region: 'west', validFrom: '2020-01-01' };
  const changes = [
    () => saveFacility(place),
    () => saveCalendar({ ...calendar, version: 1 }),
    () => saveRules({ ...rules, version: 1, rules: { limit: 'P1D' } }),
    () => saveCalendar({ ...calendar, version: 2 }),
    () => saveRules({ ...rules, version: 2, rules: { limit: 'P2D' } }),
    () => saveFacility({ ...place, zone: 'Asia/Urumqi' }),
  ];
  const seen: unknown[] = [];
  for (const change of changes) {
    await change();
    const revision = await findOrganisationRevision();
    const read = async () =>
      [
        (await facilityAsOf(revision, 'CD'))?.zone,
        (await calendarAsOf(revision, 'west'))?.version,
        (await rulesAsOf(revision, 'west', '2026-11-22T08:00:00.000Z'))?.rules['limit'],
      ].join(' ');
    seen.push(await read());
    const find = vi.spyOn(FacilityModel, 'findById');
    expect(await read()).toBe(seen.at(-1));
    expect(find).not.toHaveBeenCalled();
    find.mockRestore();
  }
  expect(seen).toEqual([
    'Asia/Shanghai  ',
    'Asia/Shanghai 1 ',
    'Asia/Shanghai 1 P1D',
    'Asia/Shanghai 2 P1D',
    'Asia/Shanghai 2 P2D',
    'Asia/Urumqi 2 P2D',
  ]);
});

test('staff are found by role at a facility, group roles everywhere, and log in only while active', async () => {
  const person = (id: string, role: string, facility: string, active = true) =>
    saveStaff({ _id: id, name: id, roles: [{ role, facility }], passwordHash: 'x', active });
  await person('president-bj', 'president', 'BJ');
  await person('president-sh', 'president', 'SH');
  await person('president-old', 'president', 'BJ', false);
  await person('gm', 'gm', '*');
  expect((await findByRole('BJ', 'president')).map((one) => one._id)).toEqual(['president-bj']);
  expect((await findByRole('CD', 'gm')).map((one) => one._id)).toEqual(['gm']);
  expect(await findByLogin('president-old')).toBeNull();
  expect(await findByLogin('president-bj')).toMatchObject({ _id: 'president-bj' });
});

test('a task can be assigned to its possible performers, and without candidates to everybody of its facility', async () => {
  const saved = (id: string, more: object, active = true) =>
    saveStaff({ _id: id, name: id, roles: [{ role: 'handler', facility: 'XA', ...more }], passwordHash: 'x', active });
  await saved('now-xa', {});
  await saved('other-xa', { role: 'finance' });
  await saved('group', { facility: '*' });
  await saved('elsewhere', { facility: 'XB' });
  await saved('gone', { until: '2026-01-01T00:00:00.000Z' });
  await saved('not-yet', { from: '2999-01-01T00:00:00.000Z' });
  await saved('disabled', {}, false);
  const ids = async (task: Partial<Parameters<typeof findCandidates>[0]>) => {
    const nobody = { facility: 'XA', candidateGroups: [], candidateUsers: [], excludedUsers: [] };
    const ours = ['disabled', 'elsewhere', 'gone', 'group', 'not-yet', 'now-xa', 'other-xa'];
    return (await findCandidates({ ...nobody, ...task })).map((one) => one._id).filter((id) => ours.includes(id));
  };
  expect(await ids({ candidateGroups: ['handler'] })).toEqual(['group', 'now-xa']);
  expect(await ids({ candidateGroups: ['handler'], excludedUsers: ['group'] })).toEqual(['now-xa']);
  expect(await ids({ candidateGroups: ['finance'], candidateUsers: ['elsewhere', 'disabled'] })).toEqual([
    'elsewhere',
    'other-xa',
  ]);
  expect(await ids({})).toEqual(['group', 'now-xa', 'other-xa']);
});

import { expect, test } from 'vitest';
import { holdsRole } from '../../../activities/runtime/staff.ts';
import { saveStaff } from '../../../store/organisation/staff.ts';
import { aStaff } from '../../support/staff.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

test('a role is held by active staff, at their facility or for the group, while its dates last', async () => {
  const until = '2020-01-01T00:00:00.000Z';
  const people = [
    aStaff('president'),
    aStaff('president', { _id: 'of-the-group', roles: [{ role: 'president', facility: '*' }] }),
    aStaff('president', { _id: 'former', roles: [{ role: 'president', facility: 'BJ', until }] }),
    aStaff('president', { _id: 'of-shanghai', roles: [{ role: 'president', facility: 'SH' }] }),
    aStaff('president', { _id: 'left', active: false }),
    aStaff('cashier'),
  ];
  for (const one of people) await saveStaff(one);
  const ids = [...people.map(({ _id }) => _id), 'ghost'];
  const holding = await Promise.all(ids.map((staff) => holdsRole({ staff, role: 'president', facility: 'BJ' })));
  expect(ids.filter((_, index) => holding[index])).toEqual(['president-bj', 'of-the-group']);
});

/** Who finds complaints and refunds in lists, and reads them one by one: both answers agree, for people × rows of two facilities. */
import { beforeAll, expect, test } from 'vitest';
import { mayRead, type Person, readableRows } from '../../../api/http/policy.ts';
import { mayReadCase, readableCases } from '../../../api/processes/complaint/access.ts';
import {
  type ComplaintDocument,
  ComplaintModel,
  listComplaints,
} from '../../../store/processes/complaint/complaints.ts';
import { listRefunds, RefundModel } from '../../../store/processes/refund/refunds.ts';
import { findInstance } from '../../../store/runtime/instances.ts';
import { writeProjection } from '../../../store/runtime/projection.ts';
import { anInstanceRow } from '../../store/builders.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

/** Waiting for the department's head, led by the director; worked on by Li; and one without an instance yet. */
const rows = [
  { id: 'BJ1', facility: 'BJ', groups: ['cs-director', 'department-head'], participants: ['li'] },
  { id: 'BJ2', facility: 'BJ', groups: ['cs-director', 'cashier'], participants: ['wang'] },
  { id: 'SH1', facility: 'SH', groups: ['cs-director'], participants: ['li'] },
  { id: 'BJ3', facility: 'BJ' },
];

beforeAll(async () => {
  for (const { id, facility, groups, participants } of rows) {
    const at = '2026-11-22T08:00:00.000Z';
    for (const process of groups ? ['complaint', 'refund'] : [])
      await writeProjection({
        instance: anInstanceRow({
          _id: `${process}/${id}`,
          process,
          seq: 1,
          facility,
          groups: groups ?? [],
          participants: participants ?? [],
        }),
        tasks: [],
        journal: [],
      });
    const common = { _id: id, facility, seq: 1, updatedAt: at };
    const registeredBy = id === 'BJ3' ? 'li' : 'zhao';
    await ComplaintModel.create({
      ...common,
      instance: groups && `complaint/${id}`,
      stage: 'registered',
      status: 'active',
      receivedAt: at,
      intake: { registeredBy },
    } as unknown as ComplaintDocument);
    await RefundModel.create({ ...common, instance: `refund/${id}`, status: 'applied', amountCents: 1, paidCents: 0 });
  }
});

const person = (id: string, ...roles: [role: string, facility: string, duty?: 'oversee'][]): Person => ({
  id,
  name: id,
  roles: roles.map(([role, facility, duty]) => ({ role, facility, ...(duty && { duties: [duty] }) })),
});

const people: [Person, cases: string[], refunds: string[]][] = [
  [person('zhou', ['intake', 'BJ']), [], []],
  [person('zhou', ['hr', '*']), [], []],
  [person('zhao', ['intake', 'BJ']), ['BJ1', 'BJ2'], []],
  [person('li', ['intake', 'BJ']), ['BJ1', 'BJ3'], ['BJ1']],
  [person('li', ['intake', '*']), ['BJ1', 'BJ3', 'SH1'], ['BJ1', 'SH1']],
  [person('zhou', ['cashier', 'BJ']), ['BJ2'], ['BJ2']],
  [person('zhou', ['cashier', 'SH']), [], []],
  [person('zhou', ['handler', 'BJ']), ['BJ1', 'BJ2', 'BJ3'], []],
  [person('zhou', ['handler', 'SH'], ['cashier', 'BJ']), ['BJ2', 'SH1'], ['BJ2']],
  [person('zhou', ['ops', 'BJ', 'oversee']), ['BJ1', 'BJ2', 'BJ3'], ['BJ1', 'BJ2', 'BJ3']],
  [person('zhou', ['ops', 'BJ', 'oversee'], ['intake', 'SH']), ['BJ1', 'BJ2', 'BJ3'], ['BJ1', 'BJ2', 'BJ3']],
  [person('zhou', ['gm', '*', 'oversee']), ['BJ1', 'BJ2', 'BJ3', 'SH1'], ['BJ1', 'BJ2', 'BJ3', 'SH1']],
];

const facilitiesOf = ({ roles }: Person) =>
  roles.some((one) => one.facility === '*') ? undefined : roles.map((one) => one.facility);

test.each(
  people.map(
    ([who, ...may]) =>
      [
        `${who.id}, ${who.roles.map(({ role, facility }) => `${role} at ${facility}`).join(', ')}`,
        who,
        ...may,
      ] as const,
  ),
)('%s', async (_, who, cases, refunds) => {
  const facilities = facilitiesOf(who);
  const within = { ...(facilities && { facilities }), limit: 10 };
  const idsOf = (found: { _id: string }[]) => found.map((one) => one._id).sort();
  const listed = await listComplaints({ ...within, access: readableCases(who) });
  const listedRefunds = await listRefunds({ ...within, access: readableRows(who) });
  expect({ cases: idsOf(listed), refunds: idsOf(listedRefunds) }).toEqual({ cases, refunds });
  expect(listed.every((row) => !('readable' in row))).toBe(true);
  const read = { cases: [] as string[], refunds: [] as string[] };
  for (const row of await ComplaintModel.find().lean<ComplaintDocument[]>())
    if (mayReadCase(who, row, await findInstance(`complaint/${row._id}`))) read.cases.push(row._id);
  for (const { _id, facility } of await RefundModel.find().lean())
    if (mayRead(who, (await findInstance(`refund/${_id}`)) ?? { facility })) read.refunds.push(_id);
  expect({ cases: read.cases.sort(), refunds: read.refunds.sort() }).toEqual({ cases, refunds });
});

test('a page is filled with what may be read, however much lies between', async () => {
  const li = person('li', ['intake', 'BJ']);
  const page = await listComplaints({ facilities: ['BJ'], access: readableCases(li), limit: 2 });
  expect(page.map((one) => one._id)).toEqual(['BJ3', 'BJ1']);
});

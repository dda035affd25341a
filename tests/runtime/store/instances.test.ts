import { beforeAll, describe, expect, test } from 'vitest';
import { columnKey, columnPrefix, columnRange } from '../../../engine/columns/column-keys.ts';
import type { InstanceSource } from '../../../store/runtime/instance-filter.ts';
import { type InstanceSearch, listInstances } from '../../../store/runtime/instances.ts';
import { writeProjection } from '../../../store/runtime/projection.ts';
import type { InstanceRow } from '../../../store/runtime/rows.ts';
import { listTasks } from '../../../store/runtime/tasks.ts';
import { anInstanceRow, aTaskRow } from '../../store/builders.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

interface Leave {
  facility: string;
  kind: string;
  days?: number;
  reason?: string;
  about?: Partial<InstanceRow>;
}

async function aLeave(n: number, { facility, kind, days, reason, about }: Leave): Promise<void> {
  const columns = { kind, ...(days !== undefined && { days }), ...(reason !== undefined && { reason }) };
  const columnKeys = [
    columnKey('kind', 'choice', kind),
    ...(days === undefined ? [] : [columnKey('days', 'number', days)]),
    ...(reason === undefined ? [] : [columnKey('reason', 'text', reason)]),
  ];
  const instance = anInstanceRow({
    _id: `leave/${n}`,
    process: 'leave',
    facility,
    startedAt: `2026-11-0${n}T00:00:00.000Z`,
    columns,
    columnKeys,
    ...about,
  });
  const task = aTaskRow({
    _id: `leave.${n}.3`,
    instance: instance._id,
    process: 'leave',
    facility,
    candidateGroups: ['hr'],
    createdAt: instance.startedAt,
    columns,
    columnKeys,
  });
  await writeProjection({ instance, tasks: [task], journal: [] });
}

beforeAll(async () => {
  await aLeave(1, { facility: 'BJ', kind: 'sick', days: 0.5, about: { groups: ['hr', 'leader'] } });
  await aLeave(2, { facility: 'BJ', kind: 'ordinary', days: 10, reason: 'Visit home', about: { groups: ['hr'] } });
  await aLeave(3, { facility: 'SH', kind: 'sick', days: 2, about: { groups: ['hr', 'leader'] } });
  await aLeave(4, { facility: 'SH', kind: 'ordinary', reason: 'Wedding', about: { participants: ['wang'] } });
  await aLeave(5, { facility: 'BJ', kind: 'sick', days: 3, about: { participants: ['wang', 'li'] } });
});

const found = async (search: Partial<InstanceSearch>): Promise<string> =>
  (await listInstances({ process: 'leave', limit: 10, ...search })).map((row) => row.businessKey).join(' ');

describe('instances by their columns', () => {
  const days = (from?: number, to?: number) => ({ oneOf: [], within: [columnRange('days', 'number', from, to)] });

  test('are found by one value of several, and by two columns at once', async () => {
    const kinds = [columnKey('kind', 'choice', 'sick'), columnKey('kind', 'choice', 'none')];
    expect(await found({ columns: { oneOf: [kinds], within: [] } })).toBe('5 3 1');
    expect(await found({ columns: { oneOf: [kinds], within: [columnRange('days', 'number', 1)] } })).toBe('5 3');
  });

  test('are found by a range, which includes its ends', async () => {
    expect(await found({ columns: days(2, 10) })).toBe('5 3 2');
    expect(await found({ columns: days(undefined, 2) })).toBe('3 1');
    expect(await found({ columns: days(4, 9) })).toBe('');
  });

  test('are found by the beginning of a text besides that of a business key', async () => {
    const texts = [{ process: 'leave', within: [columnPrefix('reason', 'text', 'wed')] }];
    expect(await found({ q: 'wed', texts })).toBe('4');
    expect(await found({ q: '2', texts: [] })).toBe('2');
  });

  test('are sorted by a column, those without it first, or last where it descends, page by page', async () => {
    for (const descending of [false, true]) {
      const sort = { field: 'columns.days', descending, optional: true };
      const keys: string[] = [];
      let after: InstanceSearch['after'];
      for (;;) {
        const [row] = await listInstances({ process: 'leave', sort, limit: 1, ...(after && { after }) });
        if (!row) break;
        keys.push(row.businessKey);
        after = { value: row.columns?.['days'] ?? null, id: row._id };
      }
      expect(keys.join(' ')).toBe(descending ? '2 5 3 1 4' : '4 1 3 5 2');
    }
  });
});

describe('instances that somebody may read', () => {
  test('are those of roles at a facility, and those they took part in where they belong', async () => {
    expect(await found({ sources: [{ by: 'groups', groups: ['leader'], facility: 'BJ' }] })).toBe('1');
    expect(await found({ sources: [{ by: 'participant', staff: 'wang' }] })).toBe('5 4');
    expect(await found({ sources: [{ by: 'participant', staff: 'wang', facilities: ['SH'] }] })).toBe('4');
    const leads: InstanceSource = { by: 'groups', groups: ['leader'], facility: 'BJ' };
    expect(await found({ sources: [leads, { by: 'participant', staff: 'wang', facilities: ['SH'] }] })).toBe('4 1');
    expect(await found({ sources: [] })).toBe('');
  });

  test('are each returned once, in order, however they were found', async () => {
    const sources: InstanceSearch['sources'] = [
      { by: 'groups', groups: ['hr', 'leader'], facility: 'BJ' },
      { by: 'facility', facility: 'BJ' },
      { by: 'participant', staff: 'wang' },
    ];
    expect(await found({ sources })).toBe('5 4 2 1');
    const [, second] = await listInstances({ sources, limit: 2 });
    expect(await found({ sources, after: { value: second?.startedAt ?? '', id: second?._id ?? '' } })).toBe('2 1');
  });
});

test('tasks are found and sorted by the columns of their instances', async () => {
  const tasks = await listTasks({
    sources: [{ by: 'group', group: 'hr' }],
    status: 'open',
    columns: { oneOf: [[columnKey('kind', 'choice', 'sick')]], within: [] },
    sort: { field: 'columns.days', descending: true, optional: true },
    limit: 10,
  });
  expect(tasks.map((row) => row.columns?.['days'])).toEqual([3, 2, 0.5]);
});

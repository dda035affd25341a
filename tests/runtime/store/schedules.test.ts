import { expect, test } from 'vitest';
import { findConditionCheck, saveConditionCheck } from '../../../store/runtime/condition-checks.ts';
import type { ScheduleProjection, ScheduleRow } from '../../../store/runtime/schedule-rows.ts';
import {
  lastScheduleLine,
  listScheduleJournal,
  listSchedules,
  writeSchedules,
} from '../../../store/runtime/schedules.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

const at = '2026-11-22T08:00:00.000Z';
const row = (process: string, id: string, seq: number, fired = 0): ScheduleRow => ({
  _id: `${process}/${id}`,
  seq,
  process,
  version: 1,
  id,
  element: 'Begin',
  elementName: '到点',
  facility: 'BJ',
  kind: 'cycle',
  expression: 'R/P1D',
  value: 'R/P1D',
  zone: 'Asia/Shanghai',
  from: at,
  dueAt: at,
  remaining: null,
  fired,
  owed: [],
  paused: null,
  leftOut: null,
  failure: null,
  last: null,
  updatedAt: at,
});
const projection = (process: string, seq: number, rows: ScheduleRow[], lines: number[] = []): ScheduleProjection => ({
  process,
  seq,
  rows,
  journal: lines.map((n) => ({ _id: `${process}#${n}`, process, n, at, schedule: 'Begin@BJ', kind: 'began' })),
});

test('a late writing changes nothing, the same one again neither', async () => {
  const newer = projection('late', 5, [row('late', 'Begin@BJ', 5, 2)], [1, 2]);
  await writeSchedules(newer);
  await writeSchedules(projection('late', 4, [row('late', 'Begin@BJ', 4, 1)], [1]));
  await writeSchedules(newer);
  expect(await listSchedules('late')).toMatchObject([{ fired: 2, seq: 5 }]);
  expect((await listScheduleJournal('late', undefined, 9)).map((line) => line.n)).toEqual([2, 1]);
  expect((await listScheduleJournal('late', 2, 9)).map((line) => line.n)).toEqual([1]);
  expect(await lastScheduleLine('late')).toBe(2);
  expect(await lastScheduleLine('nothing')).toBe(0);
});

test('schedules that a definition no longer has are removed, those of other definitions stay', async () => {
  await writeSchedules(projection('other', 1, [row('other', 'Begin@BJ', 1)]));
  await writeSchedules(projection('less', 1, [row('less', 'Begin@BJ', 1), row('less', 'Begin@SH', 1)]));
  await writeSchedules(projection('less', 2, [row('less', 'Begin@SH', 2)]));
  expect((await listSchedules('less')).map((one) => one.id)).toEqual(['Begin@SH']);
  await writeSchedules(projection('less', 3, []));
  expect(await listSchedules('less')).toEqual([]);
  expect(await listSchedules('other')).toHaveLength(1);
});

test('of several evaluations under one id the first counts', async () => {
  const check = (businessKey: string) => ({
    _id: 'c1',
    at,
    by: 'ops',
    facility: 'BJ',
    held: [{ process: 'restock', version: 1, element: 'Low', elementName: '不足', businessKey }],
    notHeld: [],
    failed: [],
  });
  const kept = await Promise.all(['A', 'B', 'C', 'D'].map((key) => saveConditionCheck(check(key))));
  const first = await findConditionCheck('c1');
  expect(new Set(kept.map((one) => one.held[0]?.businessKey))).toEqual(new Set([first?.held[0]?.businessKey]));
});

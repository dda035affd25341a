/** What elements took is known from the rows alone, however they come: in one burst, in several, or twice. */
import { beforeAll, describe, expect, test } from 'vitest';
import { bandOf, msOf } from '../../../store/runtime/element-passages.ts';
import { passedElements, standingElements } from '../../../store/runtime/element-statistics.ts';
import { writeProjection } from '../../../store/runtime/projection.ts';
import type { InstanceRow, JournalRow } from '../../../store/runtime/rows.ts';
import { anInstanceRow } from '../../store/builders.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

const minute = 60_000;
const at = (minutes: number): string => new Date(Date.UTC(2026, 10, 2) + minutes * minute).toISOString();

const line = (n: number, kind: string, minutes: number, key = '7', element = 'Pack'): JournalRow => ({
  n,
  at: at(minutes),
  kind,
  element,
  key,
});

interface Order {
  facility?: string;
  version?: number;
  dueAt?: string;
}

function anOrder(id: string, seq: number, { facility = 'BJ', version = 1 }: Order, about: Partial<InstanceRow> = {}) {
  const definition = { key: 'order', version, hash: 'h' };
  return anInstanceRow({ _id: `order/${id}`, process: 'order', facility, definition, seq, ...about });
}

const waiting = (dueAt?: string): InstanceRow['waits'] => [
  {
    key: '7',
    element: 'Pack',
    elementName: '打包',
    kind: 'task',
    what: '打包',
    since: at(0),
    waitingFor: [],
    ...(dueAt && { dueAt }),
  },
];

/** Packed in so many minutes, with rows before and after. */
async function packed(id: string, minutes: number, order: Order = {}): Promise<void> {
  const begun = anOrder(id, 1, order, { waits: waiting(order.dueAt) });
  await writeProjection({ instance: begun, tasks: [], journal: [line(1, 'element-activated', 0)] });
  const journal = [line(2, 'element-completed', minutes)];
  const endedWaits = { 7: { since: at(0), ...(order.dueAt && { dueAt: order.dueAt }) } };
  const rows = { instance: anOrder(id, 2, order), tasks: [], journal, endedWaits };
  await writeProjection(rows);
  await writeProjection(rows);
}

beforeAll(async () => {
  for (const [n, minutes] of [1, 2, 3, 4, 100].entries()) await packed(`${n}`, minutes);
  await packed('elsewhere', 1000, { facility: 'SH' });
  await packed('late', 50, { version: 2, dueAt: at(40) });
  const journal = [
    line(1, 'element-activated', 0, '9', 'Check'),
    line(2, 'element-completed', 10, '9', 'Check'),
    line(3, 'element-activated', 10, '11', 'Ship'),
    line(4, 'element-cancelled', 11, '11', 'Ship'),
    line(5, 'limit-breached', 11, '12', 'Ship'),
  ];
  const incidents: InstanceRow['incidents'] = [
    {
      key: '7',
      element: 'Pack',
      elementName: '打包',
      code: 'no-flow',
      params: { reason: 'no-condition-holds' },
      at: at(1),
    },
  ];
  await writeProjection({
    instance: anOrder('standing', 1, {}, { waits: waiting(at(5)), incidents }),
    tasks: [],
    journal,
  });
});

describe('what elements took', () => {
  test('is counted once, with its median and what nineteen of twenty stay below', async () => {
    const {
      medianMs = 0,
      p95Ms = 0,
      ...pack
    } = (await passedElements({ process: 'order', version: 1, facilities: ['BJ'] })).get('Pack') ?? expect.fail();
    expect(pack).toEqual({ done: 5, cancelled: 0, breached: 0, late: 0, timed: 5 });
    expect(medianMs / minute).toBeCloseTo(3, 0);
    expect(p95Ms / minute).toBeGreaterThan(95);
    expect(p95Ms / minute).toBeLessThan(105);
  });

  test('of one burst is known from its lines; what was cancelled is apart, and broken promises', async () => {
    const found = await passedElements({ process: 'order', version: 1 });
    expect(found.get('Check')).toMatchObject({ done: 1, timed: 1 });
    expect(found.get('Ship')).toEqual({ done: 0, cancelled: 1, breached: 1, late: 0, timed: 0 });
  });

  test('is told by version, facility and period', async () => {
    expect((await passedElements({ process: 'order', version: 2 })).get('Pack')).toMatchObject({ done: 1, late: 1 });
    expect((await passedElements({ process: 'order', facilities: ['SH'] })).get('Pack')).toMatchObject({ done: 1 });
    const period = { from: at(90), to: at(200) };
    expect((await passedElements({ process: 'order', period })).get('Pack')).toMatchObject({ done: 1 });
    expect((await passedElements({ process: 'other' })).size).toBe(0);
  });

  test('is kept in bands that are no further off than a twentieth', () => {
    for (const ms of [1, 900, 12_345, 3_600_000, 86_400_000 * 30])
      expect(Math.abs(msOf(bandOf(ms)) - ms) / ms).toBeLessThan(0.05);
  });
});

test('waits at elements are counted with incidents and overdue ones', async () => {
  const standing = await standingElements({ process: 'order' }, at(60));
  expect([...standing]).toEqual([['Pack', { active: 1, incidents: 1, overdue: 1 }]]);
  expect((await standingElements({ process: 'order', facilities: ['SH'] }, at(60))).size).toBe(0);
  expect((await standingElements({ process: 'order', version: 2 }, at(60))).size).toBe(0);
});

/** What stands longer than usual is told by the history of its element, else by its due date. */
import { beforeAll, expect, test } from 'vitest';
import { listInstances } from '../../../store/runtime/instances.ts';
import { writeProjection } from '../../../store/runtime/projection.ts';
import type { InstanceRow, JournalRow } from '../../../store/runtime/rows.ts';
import { longerThanUsual } from '../../../store/runtime/usual-waits.ts';
import { anInstanceRow } from '../../store/builders.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

const minute = 60_000;
const now = Date.now();
const ago = (minutes: number): string => new Date(now - minutes * minute).toISOString();

/** Packed in ten minutes, an hour ago. */
async function packed(id: string): Promise<void> {
  const line = (n: number, kind: string, at: string): JournalRow => ({ n, at, kind, element: 'Pack', key: '7' });
  const journal = [line(1, 'element-activated', ago(70)), line(2, 'element-completed', ago(60))];
  await writeProjection({
    instance: anInstanceRow({ _id: `order/${id}`, process: 'order', status: 'completed' }),
    tasks: [],
    journal,
  });
}

interface Standing {
  element?: string;
  minutes: number;
  dueAt?: string;
  about?: Partial<InstanceRow>;
}

async function standing(id: string, { element = 'Pack', minutes, dueAt, about }: Standing): Promise<void> {
  const wait = { key: '7', element, elementName: element, kind: 'task', what: '', since: ago(minutes), waitingFor: [] };
  const waits = [{ ...wait, ...(dueAt !== undefined && { dueAt }) }];
  await writeProjection({
    instance: anInstanceRow({ _id: `order/${id}`, process: 'order', waits, ...about }),
    tasks: [],
    journal: [],
  });
}

beforeAll(async () => {
  for (let n = 0; n < 5; n++) await packed(`packed${n}`);
  await standing('usual', { minutes: 9, dueAt: ago(1) });
  await standing('long', { minutes: 12 });
  await standing('fast-clock', { minutes: 12, about: { speed: 60 } });
  await standing('unknown-fine', { element: 'Ship', minutes: 5000, dueAt: ago(-10) });
  await standing('unknown-late', { element: 'Ship', minutes: 5, dueAt: ago(1) });
  await standing('other-version', {
    minutes: 5000,
    about: { definition: { key: 'order', version: 2, hash: 'h' } },
  });
  await standing('other-late', {
    minutes: 5,
    dueAt: ago(1),
    about: { definition: { key: 'order', version: 2, hash: 'h' } },
  });
});

test('longer than nineteen of twenty before, or past its due date where too few were there before', async () => {
  const found = async (process?: string) => {
    const also = await longerThanUsual(new Date(now).toISOString(), process);
    return (await listInstances({ also, limit: 20 })).map((row) => row.businessKey).sort();
  };
  expect(await found()).toEqual(['long', 'other-late', 'unknown-late']);
  expect(await found('order')).toEqual(await found());
});

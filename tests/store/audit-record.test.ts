import mongoose from 'mongoose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type AuditEntry, AuditModel } from '../../store/audit/entries.ts';
import { AuditUnavailableError, bufferedAtMost, recordAudit, requireAuditTrail } from '../../store/audit/record.ts';

const entry = (id: string): AuditEntry => ({
  at: '2026-11-30T01:00:00.000Z',
  who: 'somebody',
  from: '127.0.0.1',
  requestId: 'r',
  act: 'POST /api/things',
  what: { kind: 'things', id },
  facility: null,
  result: 'done',
  details: {},
});

let isAway = false;
let refuseOne = false;
const writes: string[][] = [];
beforeEach(() => {
  vi.useFakeTimers();
  writes.length = 0;
  vi.spyOn(AuditModel.collection, 'insertMany').mockImplementation((async (rows: { what: { id: string } }[]) => {
    await Promise.resolve();
    if (isAway) throw new mongoose.mongo.MongoNetworkError('away');
    if (refuseOne && rows.some(({ what }) => what.id === 'bad')) throw new Error('This cannot be written.');
    writes.push(rows.map(({ what }) => what.id));
  }) as never);
});
afterEach(() => {
  isAway = false;
  refuseOne = false;
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('entries that come while a write is under way go together with the next one', async () => {
  await Promise.all(['a', 'b', 'c', 'd'].map((id) => recordAudit(entry(id))));
  expect(writes).toEqual([['a'], ['b', 'c', 'd']]);
});

test('while the database is away acts are refused, and the entries are written when it is back', async () => {
  isAway = true;
  await expect(recordAudit(entry('a'))).rejects.toThrow('away');
  const second = recordAudit(entry('b')).catch(() => undefined);
  expect(requireAuditTrail).toThrow(AuditUnavailableError);
  isAway = false;
  await vi.runAllTimersAsync();
  await second;
  expect(writes.flat().sort()).toEqual(['a', 'b']);
  expect(requireAuditTrail).not.toThrow();
});

test('no more wait than there is room for', async () => {
  isAway = true;
  const waiting = Array.from({ length: bufferedAtMost }, (_, n) =>
    recordAudit(entry(String(n))).catch(() => undefined),
  );
  await expect(recordAudit(entry('one more'))).rejects.toThrow(AuditUnavailableError);
  isAway = false;
  await vi.runAllTimersAsync();
  await Promise.all(waiting);
  expect(writes.flat()).toHaveLength(bufferedAtMost);
});

test('an entry that can never be written does not hold up the others', async () => {
  refuseOne = true;
  const results = await Promise.allSettled(['a', 'bad', 'c'].map((id) => recordAudit(entry(id))));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

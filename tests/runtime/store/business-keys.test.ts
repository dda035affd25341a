import { expect, test } from 'vitest';
import { keyFrame, keyOf } from '../../../engine/analysis/business-key.ts';
import type { KeyPart } from '../../../engine/model/plan.ts';
import { allocateBusinessKey } from '../../../store/runtime/business-keys.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

const monthly: KeyPart[] = [
  { kind: 'facility' },
  { kind: 'date', field: 'yyyy' },
  { kind: 'date', field: 'MM' },
  { kind: 'serial', digits: 4 },
];

function allocate(request: string, about: { process?: string; facility?: string; at?: string } = {}): Promise<string> {
  const { process = 'complaint', facility = 'BJ', at = '2026-11-22T08:00:00.000Z' } = about;
  const frame = keyFrame(monthly, { facility, at, zone: 'Asia/Shanghai' });
  const keyFrom = (serial: number) => keyOf(frame, serial);
  return allocateBusinessKey({ process, prefix: frame.before, keyOf: keyFrom, request, at });
}

test('forty at once get forty different keys without a gap', async () => {
  const keys = await Promise.all(Array.from({ length: 40 }, (_, n) => allocate(`request-${n}`)));
  const expected = Array.from({ length: 40 }, (_, n) => `BJ202611${String(n + 1).padStart(4, '0')}`);
  expect([...keys].sort()).toEqual(expected);
});

test('the same request gets its key again, also at once and in another month, and uses up no other', async () => {
  const ask = (month: string) => allocate('the same', { facility: 'SH', at: `2026-${month}-10T00:00:00.000Z` });
  const keys = await Promise.all([ask('10'), ask('10'), ask('10')]);
  keys.push(await ask('11'));
  expect(new Set(keys)).toEqual(new Set(['SH2026100001']));
  expect(await allocate('another', { facility: 'SH', at: '2026-10-11T00:00:00.000Z' })).toBe('SH2026100002');
});

test('the serial restarts where the parts before it differ', async () => {
  const last = await allocate('last', { facility: 'CD', at: '2026-11-30T15:59:59.999Z' });
  const first = await allocate('first', { facility: 'CD', at: '2026-11-30T16:00:00.000Z' });
  expect([last, first]).toEqual(['CD2026110001', 'CD2026120001']);
});

test('two processes of the same pattern count for themselves, also for the same request', async () => {
  const at = '2027-01-05T00:00:00.000Z';
  const keys = [
    await allocate('one', { process: 'leave', at }),
    await allocate('one', { process: 'suggestion', at }),
    await allocate('two', { process: 'leave', at }),
  ];
  expect(keys).toEqual(['BJ2027010001', 'BJ2027010001', 'BJ2027010002']);
});

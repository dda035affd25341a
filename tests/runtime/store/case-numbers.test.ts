import { expect, test } from 'vitest';
import { allocateCaseNumber } from '../../../store/processes/complaint/case-numbers.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

const at = '2026-11-22T08:00:00.000Z';

test('forty at once get forty different numbers without a gap', async () => {
  const numbers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => allocateCaseNumber({ facility: 'BJ', at, requestKey: `request-${n}` })),
  );
  const expected = Array.from({ length: 40 }, (_, n) => `BJ202611${String(n + 1).padStart(4, '0')}`);
  expect([...numbers].sort()).toEqual(expected);
});

test('the same request gets its number again, also at once and in another month, and uses up no other', async () => {
  const ask = (month: string) =>
    allocateCaseNumber({ facility: 'SH', at: `2026-${month}-10T00:00:00.000Z`, requestKey: 'the same' });
  const numbers = await Promise.all([ask('10'), ask('10'), ask('10')]);
  numbers.push(await ask('11'));
  expect(new Set(numbers)).toEqual(new Set(['SH2026100001']));
  const next = await allocateCaseNumber({ facility: 'SH', at: '2026-10-11T00:00:00.000Z', requestKey: 'another' });
  expect(next).toBe('SH2026100002');
});

test('the serial begins anew in each month and facility, by the clock on the wall in Shanghai', async () => {
  const last = await allocateCaseNumber({ facility: 'CD', at: '2026-11-30T15:59:59.999Z', requestKey: 'last' });
  const first = await allocateCaseNumber({ facility: 'CD', at: '2026-11-30T16:00:00.000Z', requestKey: 'first' });
  expect([last, first]).toEqual(['CD2026110001', 'CD2026120001']);
});

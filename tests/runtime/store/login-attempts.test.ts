/** Limits of attempts hold for every quarter of an hour, not only for those of the clock. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type CountedAttempt, countAttempt } from '../../../store/organisation/login-attempts.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

const atMost = 10;

/** Tries at these seconds after noon. */
async function tries(...seconds: number[]): Promise<CountedAttempt[]> {
  const limit = { key: randomUUID(), atMost };
  const done: CountedAttempt[] = [];
  for (const second of seconds)
    done.push(await countAttempt([limit], new Date(Date.parse('2026-11-30T12:00:00.000Z') + second * 1000)));
  return done;
}

const times = (count: number, second: number): number[] => Array.from({ length: count }, () => second);

test.each([
  ['within one quarter', [...times(10, 60), 61]],
  ['just after the boundary', [...times(10, -1), 1]],
  ['on both sides of it', [...times(5, -1), ...times(5, 1), 2]],
  ['a minute after it', [...times(10, -1), ...times(1, 60)]],
])('the eleventh %s is refused, and the lock is told once', async (_, seconds) => {
  const done = await tries(...seconds, (seconds.at(-1) ?? 0) + 1);
  expect(done.map(({ passed }) => passed !== undefined)).toEqual([...Array(10).fill(false), true, true]);
  expect(done.filter(({ first }) => first)).toHaveLength(1);
});

test('a login succeeds again after the announced wait', async () => {
  for (const seconds of [
    [...times(10, 60), 61],
    [...times(10, -1), 1],
  ]) {
    const wait = (await tries(...seconds)).at(-1)?.retryAfterSeconds ?? 0;
    expect(wait).toBeGreaterThan(0);
    expect((await tries(...seconds, (seconds.at(-1) ?? 0) + wait + 1)).at(-1)?.passed).toBeUndefined();
  }
});

test('a right password takes its attempt back', async () => {
  const limit = { key: randomUUID(), atMost: 1 };
  for (let n = 0; n < 5; n++) {
    const attempt = await countAttempt([limit]);
    expect(attempt.passed).toBeUndefined();
    await attempt.takeBack();
  }
});

/** Large writes on a busy database: an attempt that is given up is not begun again from the beginning. */
import { expect, it } from 'vitest';
import { sharedBetweenAttempts } from '../../activities/runtime/long-writes.ts';

interface Begun {
  resolve(result: string): void;
  reject(error: Error): void;
}

function aDatabase() {
  const clock = { ms: 0 };
  const writes: Begun[] = [];
  const write = sharedBetweenAttempts(
    (_rows: { seq: number }) => new Promise<string>((resolve, reject) => writes.push({ resolve, reject })),
    () => clock.ms,
  );
  return { clock, writes, write };
}

it('the next attempt takes over a write that still runs', async () => {
  const { writes, write } = aDatabase();
  const attempts = [write({ seq: 1 }), write({ seq: 1 })];
  writes[0]?.resolve('written');
  expect(await Promise.all(attempts)).toEqual(['written', 'written']);
  expect(writes).toHaveLength(1);
});

it('an attempt after a long pause is answered with what the write led to', async () => {
  const { clock, writes, write } = aDatabase();
  const givenUp = write({ seq: 1 });
  clock.ms = 9_000;
  writes[0]?.resolve('written');
  await givenUp;
  clock.ms += 60_000;
  expect(await write({ seq: 1 })).toBe('written');
  clock.ms += 60_000;
  void write({ seq: 1 });
  expect(writes).toHaveLength(2);
});

it('what was answered in time, has failed, or has another content is written anew', async () => {
  const { writes, write } = aDatabase();
  const answered = write({ seq: 1 });
  writes[0]?.resolve('written');
  await answered;
  const failing = write({ seq: 1 });
  writes[1]?.reject(new Error('down'));
  await expect(failing).rejects.toThrow('down');
  void write({ seq: 1 });
  void write({ seq: 2 });
  expect(writes).toHaveLength(4);
});

import mongoose from 'mongoose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { grouped } from '../../store/db/grouped.ts';

/** Work that is answered when told; `begun` holds what each command was asked. */
function commands() {
  const begun: string[][] = [];
  const answers: ((outcome: 'done' | Error) => void)[] = [];
  const work = (asks: string[]): Promise<string[]> => {
    begun.push([...asks]);
    return new Promise((resolve, reject) => {
      answers.push((outcome) => (outcome === 'done' ? resolve(asks.map((ask) => `${ask}!`)) : reject(outcome)));
    });
  };
  const answer = async (outcome: 'done' | Error = 'done'): Promise<void> => {
    answers.shift()?.(outcome);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, work, answer };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('calls in groups', () => {
  it('go at once when no command is under way, else together with the next one, each with its own answer', async () => {
    const { begun, work, answer } = commands();
    const ask = grouped(work);
    const all = ['a', 'b', 'c'].map(ask);
    expect(begun).toEqual([['a']]);
    await answer();
    expect(begun).toEqual([['a'], ['b', 'c']]);
    await answer();
    expect(await Promise.all(all)).toEqual(['a!', 'b!', 'c!']);
  });

  it('are never answered by a command that began before them', async () => {
    const { begun, work, answer } = commands();
    const ask = grouped(work);
    const all = [ask('a'), ask('a')];
    await answer();
    expect(begun).toEqual([['a'], ['a']]);
    await answer();
    expect(await Promise.all(all)).toEqual(['a!', 'a!']);
  });

  it('are not held up by a command that hangs', async () => {
    vi.useFakeTimers();
    const { begun, work, answer } = commands();
    const ask = grouped(work);
    const hanging = ask('a');
    const others = ['b', 'c'].map(ask);
    await vi.advanceTimersByTimeAsync(99);
    expect(begun).toEqual([['a']]);
    await vi.advanceTimersByTimeAsync(1);
    expect(begun).toEqual([['a'], ['b', 'c']]);
    vi.useRealTimers();
    await answer();
    await answer();
    expect(await Promise.all([hanging, ...others])).toEqual(['a!', 'b!', 'c!']);
  });

  it('are so many in one command at most', async () => {
    const { begun, work, answer } = commands();
    const ask = grouped(work, 2);
    const all = ['a', 'b', 'c', 'd'].map(ask);
    for (let n = 0; n < 3; n++) await answer();
    expect(begun).toEqual([['a'], ['b', 'c'], ['d']]);
    expect(await Promise.all(all)).toHaveLength(4);
  });

  it('are repeated alone when their command fails, so that only the one it is about fails', async () => {
    const refused: string[][] = [];
    const ask = grouped(async (asks: string[]) => {
      await Promise.resolve();
      if (!asks.includes('bad')) return asks;
      refused.push(asks);
      throw new Error('This one is refused.');
    });
    const outcomes = await Promise.allSettled(['a', 'bad', 'c'].map(ask));
    expect(refused).toEqual([['bad', 'c'], ['bad']]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await ask('later')).toBe('later');
  });

  it('all fail at once while the database is away, and go on when it is back', async () => {
    const { begun, work, answer } = commands();
    const ask = grouped(work);
    const all = Promise.allSettled(['a', 'b', 'c'].map(ask));
    await answer(new mongoose.mongo.MongoNetworkError('away'));
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(begun).toEqual([['a']]);
    const again = ask('d');
    await answer();
    expect(await again).toBe('d!');
  });
});

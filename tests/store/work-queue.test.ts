import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWorkQueue, QueueTimeout } from '../../store/db/work-queue.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Work that ends when told; `begun` says in which order it was begun. */
function works() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (id: string) => () => {
    begun.push(id);
    return new Promise<string>((resolve) => ends.set(id, () => resolve(id)));
  };
  return { begun, work, end: (id: string) => ends.get(id)?.() };
}

describe('turns', () => {
  it('let so many work at a time, and the others after them in the order they came', async () => {
    const turns = createWorkQueue(2);
    const { begun, work, end } = works();
    const all = ['a', 'b', 'c', 'd'].map((id) => turns.run('x', 1000, work(id)));
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toEqual(['a', 'b']);
    end('b');
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toEqual(['a', 'b', 'c']);
    end('a');
    await vi.advanceTimersByTimeAsync(0);
    end('c');
    end('d');
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('of one name do not wait for those of another', async () => {
    const turns = createWorkQueue(1);
    const { begun, work } = works();
    void turns.run('x', 1000, work('a'));
    void turns.run('y', 1000, work('b'));
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toEqual(['a', 'b']);
  });

  it('are missed when they do not come in time, and then nothing is begun', async () => {
    const turns = createWorkQueue(1);
    const { begun, work, end } = works();
    const first = turns.run('x', 1000, work('a'));
    const missed = expect(turns.run('x', 1000, work('b'))).rejects.toBeInstanceOf(QueueTimeout);
    await vi.advanceTimersByTimeAsync(1000);
    await missed;
    end('a');
    await first;
    const third = turns.run('x', 2000, work('c'));
    await vi.advanceTimersByTimeAsync(0);
    end('c');
    expect(await third).toBe('c');
    expect(begun).toEqual(['a', 'c']);
  });

  it('continue after work that failed', async () => {
    const turns = createWorkQueue(1);
    const failing = turns.run('x', 1000, () => Promise.reject(new Error('no')));
    const next = turns.run('x', 1000, () => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});

/** Waits until the row of an instance is written: one poll at a time for all waiters of the process. */
import { InstanceModel } from './instances.ts';

interface Waiting {
  instance: string;
  /** Up to this sequence number. */
  seq: number;
  since: number;
  /** Time of the first poll. */
  lookAt: number;
  deadline: number;
  resolve(): void;
}

const waiting = new Set<Waiting>();
let asking = false;

/** Rows are usually written within some tens of milliseconds; later while the database is unavailable. */
const everyMs = 20;
const atMostMs = 500;

/** Moving average of how long rows took; the first poll comes a little earlier. */
let usualMs = everyMs;
const weightOfTheLast = 0.1;
const firstLook = 0.8;

/**
 * Waits until the rows of an instance are written up to a number, or until the timeout.
 * @param patienceMs timeout, also while the database does not answer
 */
export function untilWritten(instance: string, seq: number, patienceMs = 1000): Promise<void> {
  return new Promise((resolve) => {
    const since = Date.now();
    const lookAt = since + firstLook * usualMs;
    waiting.add({ instance, seq, since, lookAt, deadline: since + patienceMs, resolve });
    if (!asking) void askForAll();
  });
}

/** Waits until the first rows of an instance are written, or until the timeout. */
export const untilBegun = (instance: string, patienceMs: number): Promise<void> =>
  untilWritten(instance, 0, patienceMs);

async function askForAll(): Promise<void> {
  asking = true;
  while (waiting.size > 0) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    const now = Date.now();
    const asked = [...waiting].filter((one) => now >= Math.min(one.lookAt, one.deadline));
    if (asked.length === 0) continue;
    // A failed poll is repeated.
    const seqs = await writtenSeqs([...new Set(asked.map((one) => one.instance))]).catch(() => undefined);
    for (const one of asked) settle(one, (seqs?.get(one.instance) ?? -1) >= one.seq);
  }
  asking = false;
}

function settle(one: Waiting, written: boolean): void {
  const now = Date.now();
  if (!written && now < one.deadline) return;
  if (written) usualMs += weightOfTheLast * (Math.min(now - one.since, atMostMs) - usualMs);
  waiting.delete(one);
  one.resolve();
}

async function writtenSeqs(instances: string[]): Promise<Map<string, number>> {
  const rows = await InstanceModel.find({ _id: { $in: instances } }, { seq: 1 }).lean<{ _id: string; seq: number }[]>();
  return new Map(rows.map((row) => [row._id, row.seq]));
}

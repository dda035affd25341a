/** Waiting until the row of an instance is written: one query at a time asks for all who wait in this program. */
import { InstanceModel } from './instances.ts';

interface Waiting {
  instance: string;
  /** Up to this number. */
  seq: number;
  deadline: number;
  resolve(): void;
}

const waiting = new Set<Waiting>();
let asking = false;

/** Rows come some tens of milliseconds after a start; while the database is away, later. */
const everyMs = 20;

/**
 * Until the rows of an instance are written up to a number, or the time is over.
 * @param patienceMs how long to wait at most, also while the database does not answer
 */
export function untilWritten(instance: string, seq: number, patienceMs = 1000): Promise<void> {
  return new Promise((resolve) => {
    waiting.add({ instance, seq, deadline: Date.now() + patienceMs, resolve });
    if (!asking) void askForAll();
  });
}

/** Until the first rows of an instance are written, or the time is over. */
export const untilBegun = (instance: string, patienceMs: number): Promise<void> =>
  untilWritten(instance, 0, patienceMs);

async function askForAll(): Promise<void> {
  asking = true;
  while (waiting.size > 0) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    // The next look is as good as this one.
    const seqs = await writtenSeqs([...new Set([...waiting].map((one) => one.instance))]).catch(() => undefined);
    for (const one of waiting)
      if ((seqs?.get(one.instance) ?? -1) >= one.seq || Date.now() >= one.deadline) {
        waiting.delete(one);
        one.resolve();
      }
  }
  asking = false;
}

async function writtenSeqs(instances: string[]): Promise<Map<string, number>> {
  const rows = await InstanceModel.find({ _id: { $in: instances } }, { seq: 1 }).lean<{ _id: string; seq: number }[]>();
  return new Map(rows.map((row) => [row._id, row.seq]));
}

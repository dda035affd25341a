/**
 * Durations of elements: one document per burst of steps, the source of statistics. Durations differ by orders of
 * magnitude, so they are stored as bands of a logarithmic scale, which one query counts.
 */
import mongoose from 'mongoose';
import { anyJson, rowSchema } from '../db/schema.ts';
import { newerInserts } from './row-writing.ts';
import type { JournalRow, Projection } from './rows.ts';

export interface Passage {
  element: string;
  end: 'completed' | 'cancelled' | 'breached';
  /** Band of its duration (`bandOf`); absent if unknown. */
  band?: number;
  /** Completed after its due date. */
  late?: true;
}

/** `_id` = `<instance id>#<number of the first line>`, as of the burst in the journal. No texts or people. */
interface PassageBurst {
  _id: string;
  /** Sequence number of the projection. */
  seq: number;
  process: string;
  version: number;
  facility: string;
  at: string;
  passed: Passage[];
}

const schema = rowSchema<PassageBurst>({
  seq: Number,
  process: String,
  version: Number,
  facility: String,
  at: String,
  passed: anyJson,
});
schema.index({ process: 1, facility: 1, at: 1 });
schema.index({ at: 1 });

export const PassageModel = mongoose.model<PassageBurst>('elementPassages', schema, 'elementPassages');

const insertNewer = newerInserts(PassageModel);

/** Bands per doubling: durations are accurate to 5 %. */
const perDoubling = 8;

export const bandOf = (ms: number): number => Math.round(Math.log2(Math.max(ms, 1)) * perDoubling);
/** Milliseconds at the middle of a band. */
export const msOf = (band: number): number => Math.round(2 ** (band / perDoubling));

export async function writePassages({ instance, journal, endedWaits = {} }: Projection): Promise<void> {
  const lines = [...journal].sort((a, b) => a.n - b.n);
  const [first] = lines;
  if (!first) return;
  const passed = passagesOf(lines, new Map(Object.entries(endedWaits)));
  if (passed.length === 0) return;
  const { definition, facility, process, seq } = instance;
  const burst = { seq, process, version: definition.version, facility, at: lines.at(-1)?.at ?? first.at, passed };
  await insertNewer({ _id: `${instance._id}#${first.n}`, ...burst });
}

const endings: Partial<Record<string, Passage['end']>> = {
  'element-completed': 'completed',
  'element-cancelled': 'cancelled',
  'limit-breached': 'breached',
};

const beganAmong = (lines: JournalRow[], { key }: JournalRow): JournalRow | undefined =>
  lines.find((line) => line.kind === 'element-activated' && line.key === key);

type EndedWaits = NonNullable<Projection['endedWaits']>;

function passagesOf(lines: JournalRow[], waits: Map<string, EndedWaits[string]>): Passage[] {
  return lines.flatMap((line): Passage[] => {
    const end = endings[line.kind];
    if (end === undefined || line.element === undefined) return [];
    if (end === 'breached') return [{ element: line.element, end }];
    const wait = line.key === undefined ? undefined : waits.get(line.key);
    const since = beganAmong(lines, line)?.at ?? wait?.since;
    return [
      {
        element: line.element,
        end,
        ...(since !== undefined && { band: bandOf(Date.parse(line.at) - Date.parse(since)) }),
        ...(wait?.dueAt !== undefined && line.at > wait.dueAt && { late: true as const }),
      },
    ];
  });
}

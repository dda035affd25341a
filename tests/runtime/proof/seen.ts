/** What is known of an instance from the rows it has handed to the database, and from what it hands out with them. */
import type { InstanceState } from '../../../engine/model/types.ts';
import type { JournalRow, Projection } from '../../../store/runtime/rows.ts';
import type { Happened, Proof } from './workflows.ts';

export interface Seen {
  /** Number of the newest rows. */
  seq: number;
  state: InstanceState;
  happened: Happened[];
  journal: JournalRow[];
}

/**
 * @param known before the rows came
 * @param proof what came with the rows. A long journal comes in several parts, of which only the first one has it; the others leave
 * state and events as they are known.
 */
export function seenAfter(known: Seen | undefined, rows: Projection, proof: Proof | undefined): Seen | undefined {
  const { seq } = rows.instance;
  const isNewer = !known || known.seq <= seq;
  const lines = new Map((known?.journal ?? []).map((line) => [line.n, line]));
  // As the database does (store/runtime/projection.ts): a step that was done again may lead to fewer lines.
  const last = Math.max(rows.resync?.lines ?? 0, ...rows.journal.map((line) => line.n));
  if (isNewer && last > 0) for (const n of lines.keys()) if (n > last) lines.delete(n);
  for (const line of rows.journal) lines.set(line.n, line);
  const journal = [...lines.values()];
  if (isNewer && proof) return { ...proof, seq, journal };
  return known && { ...known, journal };
}

/** Hands changed rows to the database: in order, one call at a time, for ever. It never holds the process up. */
import type { Activities, Projection } from '../../activities/types.ts';
import { runUntilDone } from './local-activities.ts';
import { mergeProjections } from './rows.ts';

type Found = Awaited<ReturnType<Activities['project']>>;

export interface Projector {
  write(rows: Projection): void;
  idle(): boolean;
}

/** @param otherwise called when something else stood in the database than what the instance has written */
export function createProjector(otherwise: (written: Projection) => void): Projector {
  let waiting: Projection | undefined;
  /** Met newer rows: of a task that was taken back after it had gone on for longer, or of the worker that has taken this one over. */
  let late: Projection | undefined;
  let busy = false;

  async function pump(): Promise<void> {
    busy = true;
    while (waiting) {
      const rows = mergeProjections(late, waiting);
      waiting = undefined;
      const [first, ...rest] = inParts(rows);
      const found = await project(first);
      for (const part of rest) await project(part);
      late = found === 'newer' ? rows : undefined;
      if (found === true) otherwise(rows);
    }
    busy = false;
  }

  return {
    write(rows) {
      waiting = mergeProjections(waiting, rows);
      if (!busy) void pump();
    },
    idle: () => !busy,
  };
}

const project = (rows: Projection) => runUntilDone<Found | null>('project', [rows], '更新读模型');

/** A call has four seconds (local.ts): ten thousand items in one step would never be written down. */
const maxLines = 200;

/** What stood there before is asked with the first part only: after it, its own row does. */
function inParts(rows: Projection): [Projection, ...Projection[]] {
  const { instance, journal } = rows;
  if (journal.length <= maxLines) return [rows];
  const rest: Projection[] = [];
  for (let from = maxLines; from < journal.length; from += maxLines)
    rest.push({ instance, tasks: [], journal: journal.slice(from, from + maxLines) });
  return [{ ...rows, journal: journal.slice(0, maxLines) }, ...rest];
}

/** Hands changed rows to the database: in order, one call at a time, for ever. It never holds the process up. */
import type { Activities, Projection } from '../../activities/types.ts';
import type { Instance } from './instance.ts';
import { runUntilDone } from './local-activities.ts';
import { mergeProjections } from './rows.ts';

type Projected = Awaited<ReturnType<Activities['project']>>;
type Unassignable = NonNullable<NonNullable<Projected>['unassignable']>[number];

export interface Projector {
  write(rows: Projection): void;
  idle(): boolean;
}

/**
 * @param writes is kept up to date
 * @param resync called when something else stood in the database than what the instance has written
 * @param unassignable called for each open task without an eligible person
 * @param foreign called once when rows of another facility or instance stand under the ids of this one
 */
export function createProjector(
  writes: Instance['writes'],
  resync: (written: Projection) => void,
  unassignable: (task: Unassignable) => void,
  foreign: () => void,
): Projector {
  let waiting: Projection | undefined;
  /** Met newer rows: of a task that was taken back after it had gone on for longer, or of the worker that has taken this one over. */
  let late: Projection | undefined;
  let busy = false;
  let toldForeign = false;

  async function pump(): Promise<void> {
    busy = true;
    while (waiting) {
      const rows = mergeProjections(late, waiting);
      waiting = undefined;
      const [first, ...rest] = inParts(rows);
      const projected = await project(first);
      for (const part of rest) await project(part);
      writes.upTo = rows.instance.seq;
      writes.failing = false;
      late = projected?.found === 'newer' ? rows : undefined;
      if (projected?.found === 'other') resync(rows);
      if (projected?.found === 'foreign' && !toldForeign) {
        toldForeign = true;
        foreign();
      }
      for (const task of projected?.unassignable ?? []) unassignable(task);
    }
    busy = false;
  }

  const project = (rows: Projection) =>
    runUntilDone<Projected | null>('project', [rows], '更新读模型', () => {
      writes.failing = true;
    });

  return {
    write(rows) {
      waiting = mergeProjections(waiting, rows);
      if (!busy) void pump();
    },
    idle: () => !busy,
  };
}

/** A call has four seconds (local-activities.ts): ten thousand items in one step would never be written down. */
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

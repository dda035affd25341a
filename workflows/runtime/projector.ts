/** Writes changed rows to the database in order, one call at a time, retried until it succeeds. It never blocks the process. */
import type { Activities, Projection } from '../../activities/types.ts';
import type { Instance } from './instance.ts';
import { runUntilDone } from './local-activities.ts';
import { mergeProjections } from './rows.ts';

type Projected = NonNullable<Awaited<ReturnType<Activities['project']>>>;
type Unassignable = NonNullable<Projected['unassignable']>[number];

export interface Projector {
  write(rows: Projection): void;
  idle(): boolean;
}

/**
 * @param writes is kept up to date
 * @param resync called when the database holds rows this instance has not written
 * @param unassignable called for each open task without an eligible person
 * @param refused called with permanently refused rows, and without an argument when all have been accepted since
 * @param isIncomplete whether rows were refused and not all accepted since
 * @param foreign called once when rows of another facility or instance have the ids of this one
 */
export function createProjector(
  writes: Instance['writes'],
  resync: (written: Projection) => void,
  unassignable: (task: Unassignable) => void,
  foreign: () => void,
  refused: (rows: Projected['refused']) => void,
  isIncomplete: () => boolean,
): Projector {
  let waiting: Projection | undefined;
  /** Newer rows exist: from a discarded workflow task that had progressed further, or from a worker that has taken over. */
  let late: Projection | undefined;
  let busy = false;
  let foreignReported = false;

  async function pump(): Promise<void> {
    busy = true;
    while (waiting) {
      const rows = mergeProjections(late, waiting);
      waiting = undefined;
      const [first, ...rest] = inParts(rows);
      const projected = await project(first);
      let gap = projected?.refused;
      for (const part of rest) gap = (await project(part))?.refused ?? gap;
      report(rows, gap);
      writes.upTo = rows.instance.seq;
      writes.failing = false;
      late = projected?.found === 'newer' ? rows : undefined;
      if (projected?.found === 'other') resync(rows);
      if (projected?.found === 'foreign' && !foreignReported) {
        foreignReported = true;
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

  /** Refused rows may be accepted by now; a complete write verifies it, including rows not written at each step. */
  function report(rows: Projection, gap: Projected['refused']): void {
    if (gap) refused(gap);
    else if (isIncomplete() && rows.resync) refused(undefined);
    else if (isIncomplete()) resync(rows);
  }

  return {
    write(rows) {
      waiting = mergeProjections(waiting, rows);
      if (!busy) void pump();
    },
    idle: () => !busy,
  };
}

/** A call is limited to four seconds (local-activities.ts), too short for ten thousand items at once. */
const maxLines = 200;

/** Only the first part checks the previous rows; the following ones find its rows. */
function inParts(rows: Projection): [Projection, ...Projection[]] {
  const { instance, journal, endedWaits } = rows;
  if (journal.length <= maxLines) return [rows];
  const rest: Projection[] = [];
  for (let from = maxLines; from < journal.length; from += maxLines)
    rest.push({
      instance,
      tasks: [],
      journal: journal.slice(from, from + maxLines),
      ...(endedWaits && { endedWaits }),
    });
  return [{ ...rows, journal: journal.slice(0, maxLines) }, ...rest];
}

/** Hands changed rows to the database: in order, one call at a time, for ever. It never holds the process up. */
import type { Projection } from '../../activities/types.ts';
import { untilDone } from './local.ts';
import { merged } from './rows.ts';

export interface Projector {
  write(rows: Projection): void;
  idle(): boolean;
}

/** @param otherwise called when something else stood in the database than what the instance has written */
export function createProjector(otherwise: (written: Projection) => void): Projector {
  let waiting: Projection | undefined;
  let busy = false;

  async function pump(): Promise<void> {
    busy = true;
    while (waiting) {
      const rows = waiting;
      waiting = undefined;
      if (await untilDone<boolean | null>('project', [rows], '更新读模型')) otherwise(rows);
    }
    busy = false;
  }

  return {
    write(rows) {
      waiting = merged(waiting, rows);
      if (!busy) void pump();
    },
    idle: () => !busy,
  };
}

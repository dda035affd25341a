/** Hands changed rows to the database: in order, one call at a time, for ever. It never holds the process up. */
import type { Projection } from '../../activities/types.ts';
import { untilDone } from './local.ts';
import { merged } from './rows.ts';

export interface Projector {
  write(rows: Projection): void;
  idle(): boolean;
}

export function createProjector(): Projector {
  let waiting: Projection | undefined;
  let busy = false;

  async function pump(): Promise<void> {
    busy = true;
    while (waiting) {
      const rows = waiting;
      waiting = undefined;
      await untilDone('project', [rows], '更新读模型');
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

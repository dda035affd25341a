/** Hands changed rows to the database: in order, one call at a time, for ever. It never holds the process up. */
import { scheduleLocalActivity } from '@temporalio/workflow';
import type { Projection } from '../../activities/types.ts';
import { merged } from './rows.ts';
import { shielded } from './shield.ts';

export interface Projector {
  write(rows: Projection): void;
  idle(): boolean;
}

/** Retries are timers, so that a database that is away does not keep workflow tasks open, and with them people's answers. */
const options = {
  startToCloseTimeout: '10s',
  localRetryThreshold: '500ms',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
  summary: '更新读模型',
} as const;

export function createProjector(): Projector {
  let waiting: Projection | undefined;
  let busy = false;

  async function pump(): Promise<void> {
    busy = true;
    while (waiting) {
      const rows = waiting;
      waiting = undefined;
      await shielded(() => scheduleLocalActivity<void>('project', [rows], options));
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

/** What everything that plays instances needs, inside the test runner or not. */
import { listenerPartId } from '../../../engine/listeners/wait.ts';
import type { Actor, Wait } from '../../../engine/model/types.ts';
import { windowed } from '../../../engine/time/calendar.ts';
import { chinaCalendar } from '../../../engine/time/china.ts';

export const someone: Actor = { id: 'handler-sh', role: 'handler' };
/** Two years are enough, and what an instance carries. */
export const calendar = windowed(chinaCalendar(), 2026, 2027);
export const startedAt = '2026-09-28T01:00:00.000Z';

/** Key of a job, and which listener it is, as its command says. */
export function jobOf(wait: Wait): { key: string; part?: string } {
  const listener = wait.kind === 'job' ? wait.listener : undefined;
  return listener ? { key: wait.key, part: listenerPartId(listener) } : { key: wait.key };
}

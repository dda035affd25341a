/**
 * Sends new versions of working calendars to the instances on older ones, which recompute their due dates. The rows say
 * which version an instance has, so nothing is lost when a worker dies in between.
 */
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { windowed } from '../engine/time/calendar.ts';
import { type CalendarRow, listNewestCalendars } from '../store/organisation/calendars.ts';
import { findWithOlderCalendar } from '../store/runtime/instances.ts';
import { withinDeadline } from '../temporal/retry-until.ts';
import { signalNames } from '../workflows/runtime/instance-messages.ts';
import type { Log } from './log.ts';
import { repeatRounds } from './rounds.ts';

const everyMs = 10_000;
const atATime = 200;
/** An instance that does not show the new version by then is sent it again. */
const againAfterMs = 5 * 60_000;
/** As at a start (activities/runtime/definitions.ts). */
const yearsBefore = 1;
const yearsAfter = 3;

export async function watchCalendars(client: Client, log: Log, stop: AbortSignal): Promise<void> {
  const sent = new Map<string, number>();
  await repeatRounds(() => sendCalendars(client, sent), {
    everyMs,
    log,
    onFailure: 'Cannot bring a new working calendar to running instances; trying again',
    stop,
  });
}

/**
 * One round; exported for tests.
 * @param sent time of the last send by instance, in milliseconds
 */
export async function sendCalendars(client: Client, sent: Map<string, number>): Promise<void> {
  const now = Date.now();
  for (const [key, at] of sent) if (at < now - againAfterMs) sent.delete(key);
  for (const calendar of await listNewestCalendars())
    for (let after = ''; ; ) {
      const rows = await findWithOlderCalendar(calendar.id, calendar.version, after, atATime);
      for (const { _id: instance, startedAt } of rows) {
        const key = `${instance}@${calendar.version}`;
        if (sent.has(key)) continue;
        await send(client, instance, windowFor(calendar, startedAt, now));
        sent.set(key, now);
      }
      const last = rows.at(-1);
      if (!last || rows.length < atATime) break;
      after = last._id;
    }
}

const windowFor = (calendar: CalendarRow, startedAt: string, now: number) =>
  windowed(calendar, +startedAt.slice(0, 4) - yearsBefore, new Date(now).getUTCFullYear() + yearsAfter);

async function send(client: Client, instance: string, calendar: CalendarRow): Promise<void> {
  try {
    await withinDeadline(client, () => client.workflow.getHandle(instance).signal(signalNames.calendar, calendar));
  } catch (error) {
    // It has ended meanwhile.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

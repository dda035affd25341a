/**
 * Keeps a scheduler running for each definition with timer start events, and notifies it when the deployed version
 * differs from the one it follows, also after a termination in Temporal. Counts failures for metrics and log.
 */
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { listTimerStarts } from '../store/definitions/uses.ts';
import { listFacilities } from '../store/organisation/facilities.ts';
import { listSchedules } from '../store/runtime/schedules.ts';
import { withinDeadline } from '../temporal/retry-until.ts';
import { schedulerId, schedulerStart, scheduleWorkflow } from '../workflows/schedules/schedule-messages.ts';
import type { Log } from './log.ts';
import { repeatRounds } from './rounds.ts';

const everyMs = 5000;
/** Minimum interval between notifications of a scheduler, and interval of the check whether it runs. */
const patienceMs = 60_000;

export interface ScheduleCounts {
  active: number;
  paused: number;
  /** Schedules that cannot start due instances. */
  failing: number;
}

export async function watchSchedules(
  client: Client,
  taskQueue: string,
  log: Log,
  onCounts: (counts: ScheduleCounts) => void,
  stop: AbortSignal,
): Promise<void> {
  const notified = new Map<string, number>();
  const failing = new Set<string>();
  const look = async () => {
    await followDeployments(client, taskQueue, notified, Date.now());
    onCounts(await countSchedules(log, failing));
  };
  await repeatRounds(look, {
    everyMs,
    log,
    onFailure: 'Cannot check the schedulers; retrying',
    stop,
  });
}

/**
 * One check; exported for tests.
 * @param notified time and content of the last notification by process
 * @returns the processes whose schedulers were started or notified
 */
export async function followDeployments(
  client: Client,
  taskQueue: string,
  notified: Map<string, number>,
  now: number,
): Promise<string[]> {
  const [definitions, rows, facilities] = await Promise.all([listTimerStarts(), listSchedules(), listFacilities()]);
  const all = facilities.map(({ _id }) => _id);
  const followed = new Map<string, string[]>();
  for (const row of rows) {
    const marks = followed.get(row.process) ?? [];
    marks.push(markOf(row.version, row.id));
    followed.set(row.process, marks);
  }
  const wanted = new Map(
    definitions.flatMap(({ process, version, timerStarts = [] }): [string, string[]][] => {
      const marks = timerStarts.flatMap(({ id, facilities: named = all }) =>
        named.map((facility) => markOf(version, `${id}@${facility}`)),
      );
      return marks.length > 0 ? [[process, marks]] : [];
    }),
  );
  const acted: string[] = [];
  for (const process of new Set([...wanted.keys(), ...followed.keys()])) {
    const differs = textOf(wanted.get(process)) !== textOf(followed.get(process));
    const key = `${process} ${differs ? textOf(wanted.get(process)) : ''}`;
    if (now - (notified.get(key) ?? Number.NEGATIVE_INFINITY) < patienceMs) continue;
    notified.set(key, now);
    if (!differs && (await runs(client, process))) continue;
    await withinDeadline(client, () =>
      client.workflow.signalWithStart(scheduleWorkflow, schedulerStart(process, taskQueue)),
    );
    acted.push(process);
  }
  return acted;
}

const markOf = (version: number, id: string): string => `${version}:${id}`;
const textOf = (marks: string[] = []): string => [...marks].sort().join(' ');

async function runs(client: Client, process: string): Promise<boolean> {
  try {
    const look = () => client.workflow.getHandle(schedulerId(process)).describe();
    return (await withinDeadline(client, look)).status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** A failure is logged when it begins, and when it is over. */
async function countSchedules(log: Log, failing: Set<string>): Promise<ScheduleCounts> {
  const rows = await listSchedules();
  for (const { _id: schedule, failure } of rows) {
    if (failure && !failing.has(schedule))
      log.warn({ schedule, code: failure.code, attempts: failure.attempts }, 'A schedule cannot start its process');
    if (!failure && failing.has(schedule)) log.info({ schedule }, 'A schedule can start its process again');
    if (failure) failing.add(schedule);
    else failing.delete(schedule);
  }
  const paused = rows.filter((row) => row.paused).length;
  const ended = rows.filter((row) => row.dueAt === null && !row.paused && !row.failure).length;
  const bad = rows.filter((row) => row.failure && !row.paused).length;
  return { active: rows.length - paused - ended - bad, paused, failing: bad };
}

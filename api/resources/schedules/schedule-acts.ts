/** View of schedules, operator acts on them, and notification of the schedulers after a deployment. */

import type { z } from 'zod';
import { scheduleFailureWords } from '../../../engine/messages/schedule-failures.ts';
import { listNewest } from '../../../store/definitions/definitions.ts';
import type { ScheduleRow } from '../../../store/runtime/schedule-rows.ts';
import { findSchedule, listSchedules, writeSchedules } from '../../../store/runtime/schedules.ts';
import {
  type ScheduleAct,
  type ScheduleAnswer,
  schedulerId,
  scheduleUpdates,
} from '../../../workflows/schedules/schedule-messages.ts';
import type { Deps } from '../../http/deps.ts';
import { covers, type Reach } from '../../http/policy.ts';
import { notFound, unavailable } from '../../http/problem.ts';
import type { Asked } from '../../http/route.ts';
import { englishNamesOf, withElementEnglishName } from '../definitions/english-names.ts';
import { refusalProblem, updateIdOf } from '../instances/instance-updates.ts';
import type { scheduleActedSchema, scheduleSchema } from './schemas.ts';

export type ScheduleView = z.infer<typeof scheduleSchema>;

function scheduleView(row: ScheduleRow, englishNames: Readonly<Record<string, string>>): ScheduleView {
  const { _id, seq, dueAt, from, owed, failure, ...rest } = row;
  const described = failure && { ...failure, words: scheduleFailureWords(failure.code) };
  const view = { ...rest, failure: described, waiting: owed.length, nextAt: row.paused ? null : dueAt };
  return withElementEnglishName(view, englishNames);
}

/** Schedules within reach. `pending`: those of the newest version have not been taken over yet. */
export async function schedulesOf(
  process: string,
  newest: { version: number; timerStarts?: unknown[] },
  reach: Reach,
): Promise<{ items: ScheduleView[]; pending: boolean }> {
  const rows = await listSchedules(process);
  const current = rows.filter((row) => row.version === newest.version);
  const englishNames = await englishNamesOf(process);
  const wanted = (newest.timerStarts ?? []).length > 0;
  return {
    items: current.filter((row) => covers(reach, row.facility)).map((row) => scheduleView(row, englishNames)),
    pending: wanted ? current.length === 0 : rows.length > 0,
  };
}

/** Notifies the schedulers of a deployment. If that fails, the worker detects it (worker/scheduler-keeper.ts). */
export async function followDeployed({ processes, log }: Deps, keys: string[]): Promise<void> {
  for (const key of keys) {
    const [newest] = await listNewest(key);
    const begins = (newest?.timerStarts ?? []).length > 0 || (await listSchedules(key)).length > 0;
    if (!begins) continue;
    await processes.follow(key).catch((error: unknown) => {
      const reason = error instanceof Error ? error.name : 'unknown';
      log.warn({ process: key, reason }, 'the scheduler could not be notified of a deployment; the worker will do so');
    });
  }
}

export async function actOnSchedule(
  deps: Deps,
  { person, reach, idempotencyKey }: Asked,
  act: ScheduleAct,
  key: string,
  schedule: string,
  reason?: string,
): Promise<z.infer<typeof scheduleActedSchema>> {
  const row = await findSchedule(key, schedule);
  if (!row || !covers(reach, row.facility)) throw notFound(`schedule ${schedule} of ${key}`);
  const address = `POST /api/definitions/${key}/schedules/${schedule}/${act}`;
  const id = updateIdOf(person.id, address, { reason }, idempotencyKey);
  const ask = { id: schedule, by: { id: person.id }, ...(reason !== undefined && { reason }) };
  const outcome = await deps.processes.update<ScheduleAnswer>(schedulerId(key), scheduleUpdates[act], ask, id);
  switch (outcome.kind) {
    case 'gone':
      await followDeployed(deps, [key]);
      throw unavailable(
        'scheduler-away',
        `The scheduler of ${key} was not running; it is being started.`,
        'Send the same request with the same Idempotency-Key again in a moment.',
      );
    case 'refused':
      if (outcome.refusal.code === 'unknown-schedule') throw notFound(`schedule ${schedule} of ${key}`);
      throw await refusalProblem(outcome.refusal);
    case 'done': {
      const { rows, happened, instance } = outcome.answer;
      await writeSchedules(rows);
      const now = rows.rows.find((one) => one.id === schedule) ?? row;
      const view = scheduleView(now, await englishNamesOf(key));
      return { schedule: view, happened, ...(instance !== undefined && { instance }) };
    }
  }
}

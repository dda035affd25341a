/** What the scheduler of a definition needs from outside: its timers worked out per facility, instances begun, its rows written. */
import { ApplicationFailure } from '@temporalio/common';
import { evaluateAtStart, type StartTimer, sourceOf, startTimersOf } from '../../engine/analysis/start-events.ts';
import { createEvaluator } from '../../engine/feel/evaluator.ts';
import { longestKeyIfExceeded } from '../../engine/model/keys.ts';
import type { Plan, Variables } from '../../engine/model/plan.ts';
import { listNewest } from '../../store/definitions/definitions.ts';
import { findPlan } from '../../store/definitions/plans.ts';
import { listFacilities } from '../../store/organisation/facilities.ts';
import { findFacilityContext } from '../../store/organisation/facility-context.ts';
import { findInstance } from '../../store/runtime/instances.ts';
import { lastScheduleLine, listSchedules, writeSchedules } from '../../store/runtime/schedules.ts';
import type { Starter } from './ports.ts';
import type { LoadedSchedule, ScheduleActivities } from './schedule-types.ts';

export function scheduleActivities(starter: Starter): ScheduleActivities {
  return {
    async loadSchedules({ process, now, known }) {
      const [newest] = await listNewest(process);
      const found = newest && (await findPlan<Plan>(process, newest.version));
      const [memory, journalFrom] = await Promise.all([listSchedules(process), lastScheduleLine(process)]);
      if (!newest || !found) return { version: null, schedules: [], memory, journalFrom };
      const timers = startTimersOf(found.plan);
      const all = timers.some((timer) => !timer.facilities) ? (await listFacilities()).map(({ _id }) => _id) : [];
      const before = known ?? (memory[0] && { version: memory[0].version, ids: memory.map(({ id }) => id) });
      const schedules = await Promise.all(
        timers.flatMap((timer) =>
          (timer.facilities ?? all).map((facility) => {
            const id = `${timer.id}@${facility}`;
            const added = before?.version === newest.version && !before.ids.includes(id);
            return loaded(found.plan, timer, facility, added ? now : newest.deployedAt);
          }),
        ),
      );
      return { version: newest.version, schedules, memory, journalFrom };
    },

    async beginScheduled(begin) {
      const { process, version, facility, businessKey } = begin;
      const instance = starter.idOf(process, businessKey);
      // Temporal forgets ended workflows after a while, the read model does not.
      const [surroundings, plan, row] = await Promise.all([
        findFacilityContext(facility, begin.scheduledAt),
        findPlan(process, version),
        findInstance(instance),
      ]);
      if (row) return { instance, began: false };
      const longest = longestKeyIfExceeded(process, businessKey);
      if (longest !== undefined)
        throw ApplicationFailure.nonRetryable(
          `业务编号 ${businessKey} 过长：写入实例编号后最多 ${longest} 字节；请缩短定时开始事件的 id。`,
          'business-key-too-long',
        );
      if (!surroundings)
        throw ApplicationFailure.nonRetryable(
          `There is no facility ${facility}, or it has no working calendar.`,
          'unknown-facility',
        );
      if (!plan)
        throw ApplicationFailure.nonRetryable(`${process} version ${version} is not deployed.`, 'unknown-definition');
      return { instance, began: await starter.begin(begin) };
    },

    projectSchedules: writeSchedules,
  };
}

async function loaded(plan: Plan, timer: StartTimer, facility: string, from: string): Promise<LoadedSchedule> {
  const surroundings = await findFacilityContext(facility, from);
  const schedule = {
    id: `${timer.id}@${facility}`,
    element: timer.element,
    elementName: timer.name ?? timer.element,
    facility,
    kind: timer.timer.kind,
    expression: sourceOf(timer.timer.value),
    value: '',
    zone: surroundings?.calendar.zone ?? 'UTC',
    from,
  };
  if (!surroundings) {
    const message = `There is no facility ${facility}, or it has no working calendar.`;
    return { ...schedule, failure: { code: 'unknown-facility', message } };
  }
  const { calendar, rules } = surroundings;
  const known: Variables = { facility, rules: rules as Variables };
  const result = evaluateAtStart(timer, createEvaluator(plan), known, { now: from, calendar });
  if (result.ok) return { ...schedule, value: result.value };
  return { ...schedule, failure: { code: result.code, message: result.message } };
}

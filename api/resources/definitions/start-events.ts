/** Checks of timer start events that need this installation: whether they evaluate at each facility they apply to. */

import { evaluateAtStart, type StartTimer, startTimersOf } from '../../../engine/analysis/start-events.ts';
import { createEvaluator } from '../../../engine/feel/evaluator.ts';
import type { Plan, Problem, Variables } from '../../../engine/model/plan.ts';
import { courseOf } from '../../../engine/time/course.ts';
import { TimeError } from '../../../engine/time/error.ts';
import { listFacilities } from '../../../store/organisation/facilities.ts';
import { findFacilityContext } from '../../../store/organisation/facility-context.ts';

interface Fault {
  code: string;
  message: string;
  hint: string;
}

/**
 * Errors prevent the deployment, as such a timer would never fire.
 * @param at time of deployment, ISO 8601 UTC
 */
export async function timerStartProblems(plan: Plan, at: string): Promise<Problem[]> {
  const timers = startTimersOf(plan);
  if (timers.length === 0) return [];
  const all = (await listFacilities()).map(({ _id }) => _id);
  const problems: Problem[] = [];
  for (const timer of timers) {
    const faults = await Promise.all(
      (timer.facilities ?? all).map(async (facility) => ({
        facility,
        fault: await faultAt(plan, timer, facility, at),
      })),
    );
    const [first] = faults.flatMap(({ fault }) => fault ?? []);
    if (!first) continue;
    const places = faults.flatMap(({ facility, fault }) => (fault?.code === first.code ? [facility] : []));
    problems.push({
      severity: 'error',
      element: timer.element,
      ...(timer.name !== undefined && { elementName: timer.name }),
      ...first,
      message: `${first.message} (${places.join(', ')})`,
    });
  }
  return problems;
}

async function faultAt(plan: Plan, timer: StartTimer, facility: string, at: string): Promise<Fault | undefined> {
  const surroundings = await findFacilityContext(facility, at);
  if (!surroundings)
    return {
      code: 'unknown-facility',
      message: 'There is no such facility, or it has no working calendar.',
      hint: 'Correct careloop:facilities, or leave it out for all facilities.',
    };
  const { calendar, rules } = surroundings;
  const known: Variables = { facility, rules: rules as Variables };
  const result = evaluateAtStart(timer, createEvaluator(plan), known, { now: at, calendar });
  if (!result.ok)
    return {
      code: 'timer-fails',
      message: `The timer cannot be evaluated: ${result.message}`,
      hint: 'It may read facility and rules, and must evaluate to a date, duration or cycle.',
    };
  try {
    courseOf({ kind: timer.timer.kind, value: result.value, zone: calendar.zone, from: at });
    return undefined;
  } catch (error) {
    if (!(error instanceof TimeError)) throw error;
    const { code, message, hint } = error;
    return { code: `timer-${code}`, message, hint };
  }
}

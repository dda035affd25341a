/** Explains what an instance waits for: since when, until when, who can act, why this date, and whether it can still continue. */

import type { LocalizedText, Plan } from '../model/plan.ts';
import type {
  DueReason,
  Env,
  Explain,
  ExplainContext,
  Explanation,
  InstanceState,
  Key,
  Wait,
  WaitExplanation,
} from '../model/types.ts';
import { explainDuration, whyThisDate } from '../time/why.ts';
import { dueDateOf, isWaitOverdue } from './due-dates.ts';
import { englishLimitNames } from './limit-names.ts';
import { type Names, namesFor } from './names.ts';
import { prospectsOf } from './prospects.ts';
import { describeWait, endDescriptions } from './wait-descriptions.ts';

export const explain: Explain = (plan, state, env, around = {}) => {
  const names = namesFor(plan, around.names);
  const waits = Object.values(state.waits)
    // Scopes and gateways do not wait themselves, except with an incident: their content is explained instead.
    .filter((wait) => wait.incident !== undefined || (wait.kind !== 'scope' && wait.kind !== 'gateway'))
    .map((wait) => explainWait(plan, state, wait, env, around, names));
  const explanation: Explanation = {
    at: env.now,
    instance: state.id,
    status: state.status,
    summary: summary(state, waits),
    waits,
    clocks: state.clocks.map((clock) => ({ ...clock, ...named(plan, clock.id), ...why(state, clock.reason) })),
  };
  return explanation;
};

function explainWait(
  plan: Plan,
  state: InstanceState,
  wait: Wait,
  env: Env,
  around: ExplainContext,
  names: Names,
): WaitExplanation {
  const element = plan.elements[wait.element];
  const englishName = plan.englishNames?.[wait.element];
  const due = dueDateOf(wait);
  const { problem, notice } = prospectsOf(plan, Object.values(state.waits), wait, element, around, names);
  const explanation: WaitExplanation = {
    key: wait.key,
    element: wait.element,
    elementName: names.element(wait.element).zh,
    ...(englishName !== undefined && { elementEnglishName: englishName }),
    kind: wait.kind,
    what: describeWait(plan, wait, names),
    since: wait.since,
    ...(isGuard(state, wait) && { guards: wait.host }),
    overdue: isWaitOverdue(state, wait, env.now),
    who:
      wait.kind === 'task'
        ? {
            ...(wait.task.assignee !== null && { assignee: wait.task.assignee }),
            groups: wait.task.candidateGroups,
            users: wait.task.candidateUsers,
          }
        : { groups: [], users: [] },
    canMove: problem === undefined,
  };
  if (due) explanation.until = due.at;
  if (due?.reason) Object.assign(explanation, why(state, due.reason));
  if (problem) explanation.problem = problem;
  if (notice) explanation.notice = notice;
  if (wait.incident) explanation.incident = wait.incident;
  return explanation;
}

function named(plan: Plan, limit: string): { englishName?: string } {
  const englishName = englishLimitNames(plan).get(limit);
  return englishName === undefined ? {} : { englishName };
}

function why(state: InstanceState, reason: DueReason): Pick<WaitExplanation, 'why'> {
  const { calendar } = state;
  switch (reason.kind) {
    case 'working-days':
      return { why: whyThisDate(calendar, reason.from, reason.days) };
    case 'duration':
      return { why: explainDuration(reason.from, reason.duration, calendar.zone) };
    case 'date':
    case 'cycle':
      return {};
  }
}

function summary(state: InstanceState, waits: WaitExplanation[]): LocalizedText {
  if (state.status !== 'active') return endDescriptions[state.status];
  const main = waits.filter((wait) => wait.guards === undefined);
  if (main.length === 0) return { zh: '尚未开始。', en: 'Not started yet.' };
  const late = waits.some((wait) => wait.overdue);
  const stuck = main.filter((wait) => !wait.canMove).length;
  const first = main.slice(0, 3);
  const more = main.length - first.length;
  // A single incident is described by its own text.
  const all = main.length === 1 && main[0]?.kind === 'stuck' ? 0 : stuck;
  return {
    zh: `${first.map((wait) => wait.what.zh).join('；')}${more > 0 ? `；另有${more}项` : ''}。${late ? '已超时。' : ''}${all > 0 ? `${all}项不能自行继续。` : ''}`,
    en: `${first.map((wait) => wait.what.en).join('; ')}${more > 0 ? `; and ${more} more` : ''}.${late ? ' Overdue.' : ''}${all === 0 ? '' : all === 1 ? ` ${main.length === 1 ? 'It' : 'One of these'} cannot go on by itself.` : ` ${all} of these cannot go on by themselves.`}`,
  };
}

/** An attached event: a boundary event, or the start of an event subprocess. */
function isGuard(state: InstanceState, wait: Wait): wait is Wait & { host: Key } {
  return wait.kind === 'event' && wait.host !== undefined && state.waits[wait.host]?.kind !== 'gateway';
}

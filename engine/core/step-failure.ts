/**
 * A failed step: it threw, or exceeded a limit. Its changes are discarded; the process gets an incident that keeps the
 * event for a retry. Nothing is rethrown, as the workflow task would fail repeatedly.
 */

import { incidentMessage } from '../messages/incidents.ts';
import { refusal } from '../messages/refusals.ts';
import { type JsonExcess, measureJson } from '../model/json-limits.ts';
import type { Plan, Variables } from '../model/plan.ts';
import type { EngineEvent, Env, InstanceState, StepResult, WaitOf } from '../model/types.ts';
import { TimeError } from '../time/error.ts';
import { type Failure, fail } from './failure.ts';
import { addJournalEntry, finish, newRun, putWait } from './run.ts';
import type { Kinds } from './run-types.ts';
import { StepTooLong } from './step-budget.ts';
import { incidentOf, isSameIncident, journalIncident } from './token.ts';

/** Events kept for a retry; of more, the first ones. */
const maxKept = 50;

const acts: readonly EngineEvent['type'][] = ['task', 'message', 'retry', 'skip', 'set-variables', 'cancel'];

/** For acts of people, which are refused at once. */
export const isAct = ({ type }: EngineEvent): boolean => acts.includes(type);

const maxCause = 300;

function failureFrom({ type }: EngineEvent, error: unknown): Failure {
  if (error instanceof StepTooLong)
    return fail('step-too-long', { reason: 'step-budget', event: type, of: error.of, limit: error.limit });
  // Dates that a new calendar moves: those of a single element fail at their place (events/timers.ts).
  if (error instanceof TimeError) return fail('bad-timer', { reason: 'dates-of-calendar', cause: error.message });
  const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return fail('internal-error', { reason: 'internal', event: type, cause: cause.slice(0, maxCause) });
}

/** The state without the step, with the incident. */
export function afterFailure(
  plan: Plan,
  state: InstanceState,
  event: EngineEvent,
  error: unknown,
  env: Env,
  kinds: Kinds,
): StepResult {
  return reported(plan, state, event, failureFrom(event, error), env, kinds);
}

/** A process that leads to instances without end would fill the servers: its start waits for somebody to retry it. */
export function afterHold(
  plan: Plan,
  state: InstanceState,
  event: Extract<EngineEvent, { type: 'start' }>,
  limit: number,
  env: Env,
  kinds: Kinds,
): StepResult {
  if (state.journalLength > 0) return { state, commands: [], journal: [] };
  return reported(plan, state, event, fail('too-many-descendants', { reason: 'descendants', limit }), env, kinds);
}

/**
 * Unacceptable results of a job or called process are a failure of its element.
 * @returns undefined for events without an element
 */
export function failedInstead(event: EngineEvent, excess: JsonExcess): EngineEvent | undefined {
  const params = { reason: 'variables-excess', event: event.type, excess } as const;
  const { en: message } = incidentMessage(params);
  switch (event.type) {
    case 'job-completed':
    case 'job-failed': {
      const { key, part } = event;
      const failed = { type: 'job-failed', key, code: 'variables-rejected', message, params } as const;
      return part === undefined ? failed : { ...failed, part };
    }
    case 'call-completed':
    case 'call-failed':
      return { type: 'call-failed', key: event.key, code: 'variables-rejected', message };
    default:
      return undefined;
  }
}

/** The acceptable part; corrections by hand are enough for a retry of the start. */
function acceptable(variables: unknown): Variables {
  if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) return {};
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => measureJson(value).excess === undefined));
}

/** Unacceptable variables: an act is refused, other events become an incident without them. */
export function afterExcess(
  plan: Plan,
  state: InstanceState,
  event: EngineEvent,
  excess: JsonExcess,
  env: Env,
  kinds: Kinds,
): StepResult {
  if (isAct(event)) return { state, commands: [], journal: [], refusal: refusal('variables-rejected', { ...excess }) };
  const failure = fail('variables-rejected', { reason: 'variables-excess', event: event.type, excess });
  const start = event.type === 'start' ? { ...event, variables: acceptable(event.variables) } : undefined;
  if (start && state.journalLength > 0) return { state, commands: [], journal: [] };
  return reported(plan, state, start, failure, env, kinds);
}

function reported(
  plan: Plan,
  state: InstanceState,
  event: EngineEvent | undefined,
  failure: Failure,
  env: Env,
  kinds: Kinds,
): StepResult {
  const refused = event && isAct(event) ? { refusal: refusal('internal-error') } : {};
  if (state.status !== 'active') return { state, commands: [], journal: [], ...refused };
  const run = newRun(plan, state, env, kinds);
  if (state.journalLength === 0) addJournalEntry(run, 'instance-started', plan.key, state.root);
  const root = state.waits[state.root];
  const scope = root?.kind === 'scope' ? root : newRoot(plan, state, event, env);
  // A failed retry leaves the incident unchanged.
  if (event?.type === 'retry' && scope.unprocessed) return { state, commands: [], journal: [], ...refused };
  const kept = event && !isAct(event) ? [...(scope.unprocessed ?? []), event].slice(0, maxKept) : scope.unprocessed;
  const repeated = scope.incident !== undefined && isSameIncident(scope.incident, failure);
  if (!repeated || kept !== scope.unprocessed) {
    const incident = repeated && scope.incident ? scope.incident : incidentOf(run, failure);
    putWait(run, { ...scope, incident, ...(kept && { unprocessed: kept }) });
  }
  if (!repeated) journalIncident(run, plan.key, state.root, failure);
  return { ...finish(run), ...refused };
}

function newRoot(plan: Plan, state: InstanceState, event: EngineEvent | undefined, env: Env): WaitOf<'scope'> {
  const variables: Variables = event?.type === 'start' ? event.variables : {};
  return { kind: 'scope', key: state.root, element: plan.key, since: env.now, tokens: 0, variables };
}

/** One event in, the state after it out: `step` is the whole engine (docs/architecture.md#step). */

import { kinds } from '../elements/registry.ts';
import { closeEchoGuard, resumeSignalThrowers } from '../elements/throwing.ts';
import { changeCalendar } from '../events/calendar-change.ts';
import { checkConditions } from '../events/conditions.ts';
import { refusal } from '../messages/refusals.ts';
import { excessOfVariables, type JsonExcess } from '../model/json-limits.ts';
import type { CreateInstance, EngineEvent, Key, Refusal, Refuse, Step } from '../model/types.ts';
import { skip } from '../modify/skip.ts';
import { taskUnassignable } from '../tasks/assignment.ts';
import { startInstance } from './begin-instance.ts';
import { showAll } from './collections.ts';
import { called, correlate, deliverBuffered, jobCompleted, jobFailed, signal, timer } from './external-events.ts';
import { cancelInstance, refuseTaskAct, setVariablesAct, taskAct } from './instance-acts.ts';
import { activateJoins, markDeadJoins } from './joins.ts';
import { arrive } from './moves.ts';
import { retry } from './retry.ts';
import { ENGINE_REVISION } from './revision.ts';
import { addJournalEntry, finish, getWait, newRun, putWait } from './run.ts';
import type { Run } from './run-types.ts';
import { afterExcess, afterFailure, afterHold, failedInstead, isAct } from './step-failure.ts';

const rootKey = '1';

/** A new instance, before its `start` event. */
export const createInstance: CreateInstance = (
  _plan,
  { id, businessKey, depth, definition, revision = ENGINE_REVISION, calendar, now },
) => ({
  format: 1,
  revision,
  id,
  businessKey,
  ...(depth !== undefined && { depth }),
  definition,
  status: 'active',
  startedAt: now,
  nextKey: 2,
  journalLength: 0,
  root: rootKey,
  waits: {},
  calendar,
  clocks: [],
  closedTasks: [],
  buffer: [],
});

/**
 * @returns the state after the event, quiescent; the very same state object when the event changes nothing (a late or repeated one)
 */
export const step: Step = (plan, state, given, env) => {
  const excess = excessOf(given);
  const event = excess ? failedInstead(given, excess) : given;
  if (excess && event === undefined) return afterExcess(plan, state, given, excess, env, kinds);
  return stepTo(plan, state, event ?? given, env);
};

const stepTo: Step = (plan, state, event, env) => {
  if (event.type === 'start' && event.descendants !== undefined)
    return afterHold(plan, state, event, event.descendants, env, kinds);
  try {
    const run = newRun(plan, state, env, kinds);
    const refused = handle(run, event);
    if (refused) return { state, commands: [], journal: [], refusal: refused };
    settle(run);
    return finish(run);
  } catch (error) {
    return afterFailure(plan, state, event, error, env, kinds);
  }
};

/** What of an event's variables cannot be taken. */
function excessOf(event: EngineEvent): JsonExcess | undefined {
  if (event.type === 'task')
    return event.action.type === 'complete' ? excessOfVariables(event.action.variables) : undefined;
  if ('brought' in event && event.brought !== undefined) return excessOfVariables(event.brought);
  const has = 'variables' in event && (event.variables !== undefined || !isOptional(event));
  return has ? excessOfVariables(event.variables) : undefined;
}

const isOptional = ({ type }: EngineEvent): boolean => type === 'job-failed' || type === 'skip';

/** Events that fail by themselves pass: the step turns the failure into an incident. */
function judged(work: () => Refusal | undefined): Refusal | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Whether an act would be refused. */
export const refuse: Refuse = (plan, state, event, env) => {
  const excess = excessOf(event);
  if (excess) return refusal('variables-rejected', { ...excess });
  switch (event.type) {
    case 'task': {
      // The commonest act, asked before each completion: judged without doing it.
      return judged(() => {
        const run = newRun(plan, state, env, kinds);
        return mayAct(run) ? refuseTaskAct(run, event) : refusal('not-active');
      });
    }
    case 'retry':
    case 'skip':
    case 'set-variables':
    case 'cancel':
    case 'message':
      return judged(() => handle(newRun(plan, state, env, kinds), event));
    default:
      return undefined;
  }
};

function handle(run: Run, event: EngineEvent): Refusal | undefined {
  if ('by' in event && event.by !== undefined) run.by = event.by;
  if (event.type === 'start') {
    if (run.before.journalLength > 0) return undefined;
    if (event.startEvent !== undefined && !Object.hasOwn(run.plan.elements, event.startEvent))
      return refusal('unknown-start-event');
    startInstance(run, event);
    return undefined;
  }
  if (!mayAct(run)) return isAct(event) ? refusal('not-active') : undefined;
  switch (event.type) {
    case 'job-completed':
      return jobCompleted(run, event);
    case 'job-failed':
      return jobFailed(run, event);
    case 'timer':
      return timer(run, event);
    case 'message':
      return correlate(run, event);
    case 'signal':
      return signal(run, event);
    case 'call-completed':
    case 'call-failed':
    case 'call-escalated':
      return called(run, event);
    case 'task':
      return taskAct(run, event);
    case 'task-unassignable':
      return taskUnassignable(run, event);
    case 'retry':
      return isOfProcess(run, event.key) ? retryStep(run, event) : retry(run, event);
    case 'skip':
      return isOfProcess(run, event.key) ? skipStep(run, event) : skip(run, event);
    case 'set-variables':
      return setVariablesAct(run, event);
    case 'cancel':
      return cancelInstance(run, event);
    case 'calendar':
      return changeCalendar(run, event.calendar);
  }
}

const mayAct = (run: Run): boolean => run.before.journalLength > 0 && run.before.status === 'active';

/** An incident of a whole step belongs to the process. */
function isOfProcess(run: Run, key: Key): boolean {
  return key === run.before.root && getWait(run, key)?.incident !== undefined;
}

/** The events whose steps failed are processed again, in their order; what fails again leaves all as it was. */
function retryStep(run: Run, { key }: Extract<EngineEvent, { type: 'retry' }>): Refusal | undefined {
  const events = clearStep(run, key, 'incident-resolved');
  run.by = undefined;
  for (const event of events) {
    if (event.type === 'start') startInstance(run, event);
    else handle(run, event);
    settle(run);
  }
  return undefined;
}

/** They are discarded. */
function skipStep(run: Run, { key, reason }: Extract<EngineEvent, { type: 'skip' }>): Refusal | undefined {
  if (reason.trim() === '') return refusal('reason-missing');
  clearStep(run, key, 'incident-skipped');
  return undefined;
}

function clearStep(run: Run, key: Key, how: 'incident-resolved' | 'incident-skipped'): EngineEvent[] {
  const wait = getWait(run, key);
  if (wait?.kind !== 'scope' || wait.incident === undefined) return [];
  const { incident, unprocessed = [], ...clear } = wait;
  const { code } = incident;
  addJournalEntry(run, how, wait.element, key, how === 'incident-skipped' ? { code, reasonGiven: true } : { code });
  putWait(run, clear);
  return unprocessed;
}

/** Moves tokens until none can move. */
export function settle(run: Run): void {
  do {
    while (run.head < run.queue.length) arrive(run, run.queue[run.head++]!);
  } while (
    resumeSignalThrowers(run) ||
    deliverBuffered(run) ||
    checkConditions(run) ||
    activateJoins(run) ||
    run.kinds.settle(run)
  );
  closeEchoGuard(run);
  markDeadJoins(run);
  showAll(run);
}

/**
 * Listeners: jobs that run before an element goes on (`zeebe:executionListeners`). They stand as a wait of kind `job` under the key of
 * the token they hold up, one after the other in the order of the drawing. Those of user tasks are in `task-listeners.ts`.
 */

import { retriesOf } from './elements/job.ts';
import { text } from './events/arm.ts';
import { type Failure, fail } from './failure.ts';
import { waitOf } from './hold.ts';
import { continueEnd } from './instance.ts';
import { advance, type Token } from './lifecycle.ts';
import { enterListened, leave } from './moves.ts';
import type { ElementId, JobDefinition, ListenerEvent, PlanElement, Variables } from './plan.ts';
import { command, elementOf, newKey, note, putWait, type Run, removeWait } from './run.ts';
import { begin as beginInstance } from './step.ts';
import { judgeTask, taskAccepted, taskHeaders, taskValues } from './task-listeners.ts';
import { incidentOf, lookupOf, nameOf, tokenOf } from './token.ts';
import type { ListenerPart, WaitOf } from './types.ts';
import { enclosing, setVariables, visible, writeUp } from './variables.ts';

export type ListenerWait = WaitOf<'job'> & { listener: ListenerPart };

export function isListener(wait: WaitOf<'job'>): wait is ListenerWait {
  return wait.listener !== undefined;
}

export function hasListeners(element: PlanElement, event: ListenerEvent): boolean {
  return element.listeners?.[event] !== undefined;
}

/** Names one job of the several that stand under one key, so that a late answer to another one finds nothing. */
export const partOf = ({ event, index }: ListenerPart): string => `${event}:${index}`;

/**
 * The token is held up by the listeners of its element for an event.
 * @returns false when it has none: the caller goes on
 */
export function listen(run: Run, token: Token, event: 'start' | 'end' | 'beforeAll'): boolean {
  if (!hasListeners(token.element, event)) return false;
  if (token.phase === 'activating') advance(run, token, 'active');
  const part: ListenerPart = { event, index: 0 };
  if (token.output !== undefined) part.output = token.output;
  const wait = waitOf(run, token, { kind: 'job', jobType: '', attempt: 1, listener: part });
  if (wait.kind === 'job' && isListener(wait)) order(run, wait);
  return true;
}

/** Listeners of the process itself hang on its scope; no token of it is there before its start and after its end. */
export function listenProcess(run: Run, event: 'start' | 'end' | 'cancel', startEvent?: ElementId): boolean {
  const { plan, before, now } = run;
  if (!hasListeners(elementOf(run, plan.key), event)) return false;
  const { root } = before;
  const listener: ListenerPart = startEvent === undefined ? { event, index: 0 } : { event, index: 0, startEvent };
  const place = { key: newKey(run), element: plan.key, scope: root, host: root, since: now };
  order(run, { kind: 'job', jobType: '', attempt: 1, listener, ...place });
  return true;
}

/** Puts the wait and asks for its job. What cannot be evaluated is an incident, and its retry evaluates again. */
export function order(run: Run, wait: ListenerWait): void {
  const definition = definitionOf(run, wait);
  if (!definition) {
    // A drawing it was migrated to has fewer of them.
    goOn(run, wait);
    return;
  }
  const lookup = lookupOf(run, wait);
  const type = text(run, '监听的任务类型', definition.type, lookup);
  const retries = retriesOf(run, definition, lookup);
  if (!type.ok || !retries.ok) {
    if (!type.ok) stop(run, wait, type);
    else if (!retries.ok) stop(run, wait, retries);
    return;
  }
  putWait(run, { ...wait, jobType: type.value });
  const { key, element, listener } = wait;
  command(run, {
    do: 'run-job',
    key,
    element,
    type: type.value,
    input: visible(run, { ...wait.variables, ...taskValues(listener) }, enclosing(run, wait)),
    headers: { ...headersOf(elementOf(run, element)), ...definition.headers, ...taskHeaders(wait) },
    retries: retries.value,
    part: partOf(listener),
  });
}

/** A listener hears the headers of its element too; its own come first. */
function headersOf(element: PlanElement): Record<string, string> | undefined {
  if (element.kind === 'userTask') return element.user.headers;
  return 'job' in element ? element.job?.headers : undefined;
}

function definitionOf(run: Run, { element, listener }: ListenerWait): JobDefinition | undefined {
  return elementOf(run, element).listeners?.[listener.event]?.[listener.index];
}

export function stop(run: Run, wait: ListenerWait, failure: Failure): void {
  putWait(run, { ...wait, incident: incidentOf(run, failure) });
  note(run, 'incident-raised', wait.element, wait.key, { code: failure.code, message: failure.message });
}

/** One listener is done: the next one, or the element goes on. */
export function listenerDone(run: Run, wait: ListenerWait, brought: Variables): void {
  const { incident: _, ...clear } = wait;
  const { event, index } = clear.listener;
  const next = taken(run, clear, brought);
  if (next === undefined) return;
  note(run, 'listener-completed', wait.element, wait.key, { event, type: wait.jobType });
  const following: ListenerWait = { ...next, attempt: 1, listener: { ...next.listener, index: index + 1 } };
  if (definitionOf(run, following)) order(run, following);
  else goOn(run, next);
}

/**
 * What it brings: before the element begins local variables of it, afterwards variables of the scope around it.
 * @returns undefined when the answer cannot be taken, or has ended the matter
 */
function taken(run: Run, wait: ListenerWait, brought: Variables): ListenerWait | undefined {
  const { root } = run.before;
  switch (wait.listener.event) {
    case 'start':
    case 'beforeAll':
      if (Object.keys(brought).length === 0) return wait;
      if (wait.element !== run.plan.key) return { ...wait, variables: { ...wait.variables, ...brought } };
      setVariables(run, root, brought);
      return wait;
    case 'end':
    case 'cancel':
      writeUp(run, enclosing(run, wait) ?? root, brought);
      return wait;
    default:
      return judgeTask(run, wait, brought);
  }
}

function goOn(run: Run, wait: ListenerWait): void {
  const { event, startEvent, output } = wait.listener;
  if (wait.element === run.plan.key) {
    removeWait(run, wait.key);
    if (event === 'start') beginProcess(run, startEvent);
    else continueEnd(run);
    return;
  }
  switch (event) {
    case 'start':
    case 'beforeAll':
      putWait(run, wait);
      enterListened(run, tokenOf(run, wait));
      return;
    case 'end': {
      const token: Token = { ...tokenOf(run, wait), phase: 'completing' };
      if (output !== undefined) token.output = output;
      putWait(run, wait);
      leave(run, token);
      return;
    }
    default:
      taskAccepted(run, wait);
  }
}

/** @param startEvent absent: all that begin by themselves */
export function beginProcess(run: Run, startEvent: ElementId | undefined): void {
  const { plan } = run;
  const process = elementOf(run, plan.key);
  if (process.kind !== 'process') throw new Error(`The plan ${plan.key} has no process.`);
  beginInstance(run, startEvent === undefined ? process.starts : [startEvent], startEvent ?? plan.key);
}

/** A listener speaks for nobody: a BPMN error of it is an incident like any other failure (as in Zeebe). */
export function listenerFailure(
  run: Run,
  wait: ListenerWait,
  incident: string,
  message: string,
  code: string,
): Failure {
  const name = nameOf(elementOf(run, wait.element));
  return fail(incident, `“${name}”的监听（${wait.listener.event}）失败：${message}`, {
    code,
    listener: wait.listener.event,
  });
}

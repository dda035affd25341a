/**
 * Listeners are asked: jobs that run before an element goes on (`zeebe:executionListeners`). They stand as a wait of kind `job` under
 * the key of the token they hold up, one after the other in the order of the definition. Those of user tasks are in `task.ts`, what all of
 * them answer in `answers.ts`.
 */

import type { Failure } from '../core/failure.ts';
import { newWait } from '../core/hold.ts';
import { retriesOf } from '../core/job-retries.ts';
import { advance } from '../core/lifecycle.ts';
import { addCommand, elementOf, newKey, putWait } from '../core/run.ts';
import type { Run, Token } from '../core/run-types.ts';
import { incidentOf, journalIncident, lookupOf } from '../core/token.ts';
import { enclosing, visible } from '../core/variables.ts';
import { evaluateText } from '../events/arm.ts';
import type { ElementId, JobDefinition, ListenerEvent, PlanElement } from '../model/plan.ts';
import type { ListenerPart } from '../model/types.ts';
import { taskHeaders, taskValues } from './headers.ts';
import { isListener, type ListenerWait, listenerPartId } from './wait.ts';

export function hasListeners(element: PlanElement, event: ListenerEvent): boolean {
  return element.listeners?.[event] !== undefined;
}

/**
 * The token is held up by the listeners of its element for an event.
 * @returns false when it has none: the caller goes on
 */
export function startListeners(
  run: Run,
  token: Token,
  event: 'start' | 'end' | 'beforeAll',
  about: Pick<ListenerPart, 'happened' | 'startEvent'> = {},
): boolean {
  if (!hasListeners(token.element, event)) return false;
  if (token.phase === 'activating') advance(run, token, 'active');
  const part: ListenerPart = { event, index: 0, ...about };
  if (token.output !== undefined) part.output = token.output;
  const wait = newWait(run, token, { kind: 'job', jobType: '', attempt: 1, listener: part });
  if (wait.kind === 'job' && isListener(wait)) scheduleListener(run, wait);
  return true;
}

/** Listeners of the process itself hang on its scope; no token of it is there before its start and after its end. */
export function startProcessListeners(run: Run, event: 'start' | 'end' | 'cancel', startEvent?: ElementId): boolean {
  const { plan, before, now } = run;
  if (!hasListeners(elementOf(run, plan.key), event)) return false;
  const { root } = before;
  const listener: ListenerPart = startEvent === undefined ? { event, index: 0 } : { event, index: 0, startEvent };
  const place = { key: newKey(run), element: plan.key, scope: root, host: root, since: now };
  scheduleListener(run, { kind: 'job', jobType: '', attempt: 1, listener, ...place });
  return true;
}

/**
 * Puts the wait and asks for its job. What cannot be evaluated is an incident, and its retry evaluates again.
 * @returns false when the definition has no such listener (any more)
 */
export function scheduleListener(run: Run, wait: ListenerWait): boolean {
  const definition = definitionOf(run, wait);
  if (!definition) return false;
  const lookup = lookupOf(run, wait);
  const type = evaluateText(run, 'listener-type', definition.type, lookup);
  const retries = retriesOf(run, definition, lookup);
  if (!type.ok || !retries.ok) {
    if (!type.ok) raiseListenerIncident(run, wait, type);
    else if (!retries.ok) raiseListenerIncident(run, wait, retries);
    return true;
  }
  putWait(run, { ...wait, jobType: type.value });
  const { key, element, listener } = wait;
  addCommand(run, {
    do: 'run-job',
    key,
    element,
    type: type.value,
    input: visible(run, { ...wait.variables, ...taskValues(listener) }, enclosing(run, wait)),
    headers: { ...headersOf(elementOf(run, element)), ...definition.headers, ...taskHeaders(wait) },
    retries: retries.value,
    part: listenerPartId(listener),
  });
  return true;
}

/** A listener job gets the headers of its element too; its own take precedence. */
function headersOf(element: PlanElement): Record<string, string> | undefined {
  if (element.kind === 'userTask') return element.user.headers;
  return 'job' in element ? element.job?.headers : undefined;
}

function definitionOf(run: Run, { element, listener }: ListenerWait): JobDefinition | undefined {
  return elementOf(run, element).listeners?.[listener.event]?.[listener.index];
}

export function raiseListenerIncident(run: Run, wait: ListenerWait, failure: Failure): void {
  putWait(run, { ...wait, incident: incidentOf(run, failure) });
  journalIncident(run, wait.element, wait.key, failure);
}

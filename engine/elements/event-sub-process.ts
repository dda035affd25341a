/**
 * Event subprocess: it starts when its start event fires while its parent scope is active, and either interrupts the
 * parent or runs in parallel (BPMN 2.0.2, 10.3.5 event sub-process and 13.5.4).
 */

import { cancelInside } from '../core/cancel.ts';
import { withData } from '../core/data-associations.ts';
import { raiseIncidentAt } from '../core/hold.ts';
import { advance } from '../core/lifecycle.ts';
import { adjustTokenCount } from '../core/live-tokens.ts';
import { mapInputs } from '../core/mappings.ts';
import { leaveAfterEvent } from '../core/moves.ts';
import { elementOf, getWait, newKey, putWait, setTokens } from '../core/run.ts';
import type { Run, ScopeBehaviour, Token } from '../core/run-types.ts';
import { armGuards } from '../events/arm.ts';
import { consumeWait, keepArmed } from '../events/consume-trigger.ts';
import { startListeners } from '../listeners/ask.ts';
import type { ElementId, ElementOf, Variables } from '../model/plan.ts';
import type { Key, WaitOf } from '../model/types.ts';
import { completeScope, enterScope, forgetInside, prepareEventSubProcesses } from './scope.ts';

/** As the handler that compensates its parent; otherwise its start event makes its tokens. */
export const eventSubProcess: ScopeBehaviour<ElementOf<'eventSubProcess'>> = {
  enter: enterScope,
  emptied: completeScope,
  /** It has no flows. */
  leave(token, run) {
    adjustTokenCount(run, token.scope, -1);
  },
  cancel: forgetInside,
};

/** An armed start event fires. */
export function startEventSubProcess(
  run: Run,
  wait: WaitOf<'event'>,
  index: number,
  results: Variables | undefined,
): void {
  const start = elementOf(run, wait.element);
  if (start.kind !== 'startEvent') throw new Error(`${start.id} is no start event.`);
  if (start.interrupting) consumeWait(run, wait, index);
  else keepArmed(run, wait, index);
  runEventSubProcess(run, start, wait.scope!, results);
}

/** @param parent key of the scope it belongs to */
export function runEventSubProcess(
  run: Run,
  start: ElementOf<'startEvent'>,
  parent: Key,
  results: Variables | undefined,
): void {
  const element = elementOf(run, start.parent!);
  if (element.kind !== 'eventSubProcess') throw new Error(`${start.id} starts no event subprocess.`);
  if (start.interrupting) {
    cancelInside(run, parent);
    const scope = getWait(run, parent);
    if (scope === undefined) return;
    if (scope.kind === 'scope') run.kinds.scopeBehaviourOf(elementOf(run, scope.element))?.interrupted?.(run, scope);
    setTokens(run, parent, 1);
  } else adjustTokenCount(run, parent, 1);
  beginEventSubProcess(run, { element, key: newKey(run), scope: parent, phase: 'activating' }, start.id, results);
}

/** Each run applies its inputs, which read the enclosing scope; variables of the event are applied by its start event. */
export function beginEventSubProcess(
  run: Run,
  token: Token,
  startEvent: ElementId,
  results: Variables | undefined,
): void {
  const happened = results ?? {};
  const failure = mapInputs(run, token);
  if (failure) raiseIncidentAt(run, token, 'happened', failure, { happened, startEvent });
  else if (!startListeners(run, token, 'start', { startEvent, happened }))
    openEventSubProcess(run, token, startEvent, results);
}

/** Its start listeners are done: their results are its variables. */
export function openEventSubProcess(run: Run, of: Token, startEvent: ElementId, results: Variables | undefined): void {
  const { element, scope: parent } = of;
  const start = elementOf(run, startEvent);
  if (element.kind !== 'eventSubProcess') return;
  const variables = withData(run, element, of.variables ?? {});
  const token: Token<typeof element> = { ...of, element, variables };
  const inside = prepareEventSubProcesses(run, token);
  if (!inside.ok) {
    raiseIncidentAt(run, of, 'happened', inside, { happened: results ?? {}, startEvent });
    return;
  }
  if (token.phase === 'activating') advance(run, token, 'active');
  putWait(run, {
    kind: 'scope',
    key: token.key,
    element: element.id,
    scope: parent,
    since: run.now,
    tokens: 1,
    variables,
  });
  armGuards(run, inside.value, token.key, token.key);
  setTokens(run, token.key, 1);
  leaveAfterEvent(run, start, token.key, results);
}

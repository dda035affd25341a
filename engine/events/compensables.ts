/**
 * Record of completed activities that can be compensated (BPMN 2.0.2, 10.7 and 13.5.5): added on completion, dropped
 * when their scope ends, consumed when compensation is thrown (`compensation.ts`).
 */

import { properScope } from '../core/branches.ts';
import { elementOf, getScope, getWait, patch } from '../core/run.ts';
import type { Run, Token } from '../core/run-types.ts';
import { isLoopInstance } from '../core/token.ts';
import { setOwn } from '../model/own-property.ts';
import type { ElementId, Json, PlanElement, Variables } from '../model/plan.ts';
import type { Compensable, Key, Wait } from '../model/types.ts';

function compensables(run: Run): Compensable[] {
  return run.patch?.compensations ?? run.before.compensations ?? [];
}

function setCompensables(run: Run, list: Compensable[]): void {
  if (list.length > 0 || compensables(run).length > 0) patch(run).compensations = list;
}

function handlerOf(run: Run, element: PlanElement): ElementId | undefined {
  for (const id of ('boundary' in element && element.boundary) || []) {
    const event = elementOf(run, id);
    if (event.kind === 'boundaryEvent' && event.events.some(({ type }) => type === 'compensate')) return event.handler;
  }
  return undefined;
}

/** The event subprocess that undoes a subprocess. */
function undoingOf(run: Run, element: PlanElement): ElementId | undefined {
  return (('eventSubProcesses' in element && element.eventSubProcesses) || []).find((id) => {
    const inner = elementOf(run, id);
    return (
      'starts' in inner &&
      inner.starts.some((start) => {
        const event = elementOf(run, start);
        return event.kind === 'startEvent' && event.events.some(({ type }) => type === 'compensate');
      })
    );
  });
}

/** An activity is complete: it can be undone from now on, if anything undoes it. */
export function recordCompensable(run: Run, token: Token): void {
  const { element, key } = token;
  const scope = properScope(run, token.scope);
  if (element.kind === 'eventSubProcess' || element.kind === 'process') return;
  const isScope = 'starts' in element;
  const handler = handlerOf(run, element);
  const undoing = undoingOf(run, element);
  // Each instance of a loop has left its own record: the loop is not undone once more (10.7, 13.5.5).
  const undone = handler !== undefined || undoing !== undefined;
  if (undone && getWait(run, key)?.kind === 'multi') return;
  const loop = handler === undefined ? {} : loopData(run, token);
  if (!isScope) {
    if (handler !== undefined) setCompensables(run, [...compensables(run), { element: element.id, scope, ...loop }]);
    return;
  }
  const before = compensables(run);
  const inner = before.some((one) => one.scope === key);
  if (handler === undefined && !inner && undoing === undefined) return;
  const record: Compensable = { element: element.id, scope, inside: key, ...loop };
  if (token.variables) record.variables = token.variables;
  setCompensables(run, [...before, record]);
}

/** The counter and item of an instance of a loop: its handler must know which of them it undoes. */
function loopData(run: Run, token: Token): { loop?: Variables } {
  const { element, index, host } = token;
  if (index === undefined || host === undefined || !isLoopInstance(run, token)) return {};
  const loop: Variables = { loopCounter: index + 1 };
  const body = getWait(run, host);
  const item = 'loop' in element && element.loop?.type === 'multi' ? element.loop.inputElement : undefined;
  if (item !== undefined && body?.kind === 'multi') setOwn(loop, item, body.items?.[index] ?? null);
  return { loop };
}

/** A scope ends: nothing in it can be compensated any more. */
export function removeCompensables(run: Run, scope: Key): void {
  const before = compensables(run);
  const gone = before.filter((one) => one.scope === scope);
  if (gone.length === 0) return;
  setCompensables(
    run,
    before.filter((one) => one.scope !== scope),
  );
  for (const { inside } of gone) if (inside !== undefined) removeCompensables(run, inside);
}

/** Whether something was completed within a scope that can be undone. */
export function hasCompensablesInside(run: Run, scope: Key): boolean {
  return compensables(run).some((one) => one.scope === scope);
}

/** A compensating event subprocess looks back on the scope it undoes. */
export function rescope(run: Run, from: Key, to: Key): void {
  const before = compensables(run);
  setCompensables(
    run,
    before.map((one) => (one.scope === from ? { ...one, scope: to } : one)),
  );
}

/** A handler to run, with the data of the activity it compensates. */
type Undo = { element: ElementId; variables: Variables | null; inside: Key | null };

/**
 * Consumes the compensable activities of a scope and returns their handlers.
 * @param activity restricts it to one activity; absent: everything completed in the scope
 */
export function takeCompensables(run: Run, from: Key, activity: ElementId | undefined): Undo[] {
  const scope = properScope(run, from);
  const list = undo(run, scope, activity, undefined);
  // An event subprocess undoes what its scope has done.
  const wait = getScope(run, scope);
  const enclosed = elementOf(run, wait.element).kind === 'eventSubProcess' && wait.host === undefined;
  return enclosed ? [...list, ...undo(run, wait.scope!, activity, undefined)] : list;
}

/** Consumes records, last completed first, and returns their handlers. */
function undo(run: Run, scope: Key, activity: ElementId | undefined, data: Variables | undefined): Undo[] {
  const chosen = compensables(run).filter(
    (one) => one.scope === scope && (activity === undefined || one.element === activity),
  );
  setCompensables(
    run,
    compensables(run).filter((one) => !chosen.includes(one)),
  );
  return chosen.reverse().flatMap((one) => {
    const element = elementOf(run, one.element);
    const handler = handlerOf(run, element);
    if (handler !== undefined) {
      if (one.inside !== undefined) removeCompensables(run, one.inside);
      const variables = data || one.loop ? { ...data, ...one.loop } : null;
      return [{ element: handler, variables, inside: null }];
    }
    const undoing = undoingOf(run, element);
    const snapshot = { ...data, ...one.variables };
    if (undoing !== undefined) return [{ element: undoing, variables: snapshot, inside: one.inside ?? null }];
    return one.inside === undefined ? [] : undo(run, one.inside, undefined, snapshot);
  });
}

export function isUndo(item: Json | undefined): item is Undo {
  return typeof item === 'object' && item !== null && !Array.isArray(item) && typeof item['element'] === 'string';
}

/** Data of the compensated activity for its handler; handlers run one after the other. */
export function compensatedData(run: Run, { host, element }: Token): Variables | undefined {
  const body = host === undefined ? undefined : getWait(run, host);
  if (body?.kind !== 'multi' || body.element === element.id) return undefined;
  const item = body.items?.[body.created - 1];
  return isUndo(item) ? (item.variables ?? undefined) : undefined;
}

/** The compensation a wait is a handler of. */
export function compensationOf(run: Run, wait: Wait): Key | undefined {
  const body = wait.host === undefined ? undefined : getWait(run, wait.host);
  return body?.kind === 'multi' && body.element !== wait.element ? body.key : undefined;
}

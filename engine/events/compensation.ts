/**
 * Compensation: what completed activities left behind is undone by their handlers, last first; a subprocess is undone as a whole, by its
 * compensation event subprocess or by the handlers inside it, with the data as it was at its end (BPMN 2.0.2, 10.7 and 13.5.5).
 */
import { type Failure, fail } from '../failure.ts';
import { hold } from '../hold.ts';
import type { Token } from '../lifecycle.ts';
import { complete, count } from '../moves.ts';
import type { ElementId, Json, PlanElement, Variables } from '../plan.ts';
import { elementOf, getScope, getWait, newKey, patch, putWait, type Run, removeWait, since } from '../run.ts';
import { isLoopInstance, nameOf, tokenOf } from '../token.ts';
import type { Compensable, Key, Wait, WaitOf } from '../types.ts';

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
  const { element, key, scope } = token;
  if (element.kind === 'eventSubProcess' || element.kind === 'process') return;
  const isScope = 'starts' in element;
  const handler = handlerOf(run, element);
  const undoing = undoingOf(run, element);
  // Each instance of a loop has left its own record: the loop is not undone once more (10.7, 13.5.5).
  const undone = handler !== undefined || undoing !== undefined;
  if (undone && getWait(run, key)?.kind === 'multi' && since(run, 'compensation-of-loops')) return;
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
  const { element, variables } = token;
  if (variables === undefined || !isLoopInstance(run, token) || !since(run, 'data-of-compensated-loops')) return {};
  const item = 'loop' in element && element.loop?.type === 'multi' ? element.loop.inputElement : undefined;
  const names = ['loopCounter', item].filter((name) => name !== undefined && Object.hasOwn(variables, name));
  return { loop: Object.fromEntries(names.map((name) => [name, variables[name!]!])) };
}

/** A scope ends for good: nothing in it can be undone any more. */
export function forget(run: Run, scope: Key): void {
  const before = compensables(run);
  const gone = before.filter((one) => one.scope === scope);
  if (gone.length === 0) return;
  setCompensables(
    run,
    before.filter((one) => one.scope !== scope),
  );
  for (const { inside } of gone) if (inside !== undefined) forget(run, inside);
}

/** Whether something was completed within a scope that can be undone. */
export function leftInside(run: Run, scope: Key): boolean {
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

type Undo = { element: ElementId; variables: Variables | null; inside: Key | null };

/**
 * Compensation is thrown: the token waits here until every handler is done.
 * @param activity only this one; absent: everything completed in the scope
 * @returns false when there is nothing to undo
 */
export function compensate(token: Token, run: Run, activity: ElementId | undefined, scope: Key): boolean {
  const list = undoList(run, scope, activity);
  if (list.length === 0) return false;
  hold(run, token, { kind: 'multi', total: list.length, created: 0, active: 0, done: 0, items: list });
  const body = getWait(run, token.key);
  if (body?.kind === 'multi') launchNext(run, body);
  return true;
}

/** Compensation nobody waits for: a token of its own, which ends when all is undone. */
export function compensateAside(token: Token, run: Run, activity: ElementId | undefined, scope: Key): void {
  const list = undoList(run, scope, activity);
  if (list.length === 0) return;
  count(run, token.scope, 1);
  const body: WaitOf<'multi'> = {
    kind: 'multi',
    key: newKey(run),
    element: token.element.id,
    scope: token.scope,
    since: run.now,
    total: list.length,
    created: 0,
    active: 0,
    done: 0,
    items: list,
    aside: true,
  };
  putWait(run, body);
  launchNext(run, body);
}

function undoList(run: Run, scope: Key, activity: ElementId | undefined): Undo[] {
  const list = undo(run, scope, activity, undefined);
  // An event subprocess undoes what its scope has done.
  const wait = getScope(run, scope);
  const enclosed = elementOf(run, wait.element).kind === 'eventSubProcess' && wait.host === undefined;
  return enclosed ? [...list, ...undo(run, wait.scope!, activity, undefined)] : list;
}

/** Takes records out, last completed first, and says what undoes them. */
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
      if (one.inside !== undefined) forget(run, one.inside);
      const variables = data || one.loop ? { ...data, ...one.loop } : null;
      return [{ element: handler, variables, inside: null }];
    }
    const undoing = undoingOf(run, element);
    const snapshot = { ...data, ...one.variables };
    if (undoing !== undefined) return [{ element: undoing, variables: snapshot, inside: one.inside ?? null }];
    return one.inside === undefined ? [] : undo(run, one.inside, undefined, snapshot);
  });
}

function launchNext(run: Run, body: WaitOf<'multi'>): void {
  const item = body.items?.[body.created];
  if (!isUndo(item)) return;
  run.queue.push({
    element: item.element,
    scope: body.scope!,
    host: body.key,
    ...(item.variables && { variables: item.variables }),
    ...(item.inside !== null && { inside: item.inside }),
  });
  putWait(run, { ...body, created: body.created + 1, active: body.active + 1 });
}

function isUndo(item: Json | undefined): item is Undo {
  return typeof item === 'object' && item !== null && !Array.isArray(item) && typeof item['element'] === 'string';
}

/** What a handler is given of what it undoes; handlers run one after the other. */
export function dataUndone(run: Run, { host, element }: Token): Variables | undefined {
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

/**
 * A handler was interrupted by a boundary event of its own: the token that goes on from there is a further one, because the handler had
 * none, and what is left to undo follows.
 */
export function leaveHandler(run: Run, key: Key, scope: Key, leave: () => void): void {
  count(run, scope, 1);
  leave();
  handlerEnded(run, key);
}

export function handlerEnded(run: Run, key: Key): void {
  const body = getWait(run, key);
  if (body?.kind !== 'multi') return;
  const next = { ...body, active: body.active - 1, done: body.done + 1 };
  putWait(run, next);
  compensationDone(run, next);
}

/** One handler is done. */
export function compensationDone(run: Run, body: WaitOf<'multi'>): void {
  if (body.done < (body.total ?? 0)) {
    launchNext(run, body);
    return;
  }
  if (body.aside) {
    removeWait(run, body.key);
    count(run, body.scope!, -1);
  } else complete(run, tokenOf(run, body));
}

export function notInTransaction(element: PlanElement): Failure {
  return fail('unsupported', `“${nameOf(element)}”不在事务之内，无法取消。`);
}

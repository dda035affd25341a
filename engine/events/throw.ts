/**
 * Propagation of errors and escalations to a catching event: outwards through the scopes, event subprocesses first,
 * then boundary events (BPMN 2.0.2, 10.5.1 and 13.5). An error ends its thrower; an escalation may be caught by a
 * non-interrupting event.
 */

import { fail, type Outcome } from '../core/failure.ts';
import { takenIn } from '../core/intake.ts';
import { adjustTokenCount } from '../core/live-tokens.ts';
import { leaveAfterEvent } from '../core/moves.ts';
import { addCommand, addJournalEntry, elementOf, getWait } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import { enclosing, evaluate, type Lookup, lookupFrom } from '../core/variables.ts';
import { leaveActivity } from '../elements/boundary-event.ts';
import { runEventSubProcess } from '../elements/event-sub-process.ts';
import type { ElementId, ElementOf, EventDefinition, PlanElement, Variables } from '../model/plan.ts';
import type { Key, Wait } from '../model/types.ts';
import { evaluateText } from './arm.ts';
import { emitSignal } from './signals.ts';

export interface Thrown {
  type: 'error' | 'escalation';
  code: string;
  message?: string;
  variables?: Variables;
  /**
   * Variables visible to the output mappings of the catching event only: local inputs of an end event, and data of a
   * called process that is not propagated as a whole.
   */
  mappable?: Variables;
}

interface Catcher {
  element: ElementOf<'boundaryEvent' | 'startEvent'>;
  /** The activity it is attached to, or the scope of the event subprocess. */
  host: Wait;
  event: Extract<EventDefinition, { type: Thrown['type'] }>;
}

/**
 * @param from key of the wait that throws, or of the scope an event throws in
 * @returns whether an event caught it
 */
export function raise(run: Run, from: Key, thrown: Thrown): boolean {
  const catcher = findCatcher(run, from, thrown);
  if (!catcher) return false;
  const { element, host } = catcher;
  addJournalEntry(run, 'event-fired', element.id, host.key, { type: thrown.type, code: thrown.code });
  const results = resultsOf(run, catcher, thrown);
  if (element.kind === 'startEvent') {
    runEventSubProcess(run, element, host.key, results);
    return true;
  }
  leaveActivity(run, element, host, host.scope!, results);
  return true;
}

/**
 * An escalation is propagated within this instance, then to its caller; uncaught it only leaves a line in the journal,
 * and the thrower continues (BPMN 2.0.2, 10.5.1 and 13.5.2).
 */
export function escalate(
  run: Run,
  from: Key,
  { code, variables = {}, mappable }: Pick<Thrown, 'code' | 'variables' | 'mappable'>,
  by: { element: ElementId; key: Key },
): void {
  if (raise(run, from, { type: 'escalation', code, variables, ...(mappable && { mappable }) })) return;
  addJournalEntry(run, 'escalation-uncaught', by.element, by.key, { code });
  addCommand(run, { do: 'escalate', ...by, code, variables: { ...mappable, ...variables } });
}

function resultsOf(run: Run, { element, event }: Catcher, thrown: Thrown): Variables {
  const mapped = (element.outputs?.length ?? 0) + (element.dataOutputs?.length ?? 0) > 0;
  const results = { ...takenIn(run, element, { ...thrown.variables, ...(mapped && thrown.mappable) }) };
  if (event.codeVariable !== undefined) results[event.codeVariable] = thrown.code;
  if (event.type === 'error' && event.messageVariable !== undefined)
    results[event.messageVariable] = thrown.message ?? '';
  return results;
}

function findCatcher(run: Run, from: Key, thrown: Thrown): Catcher | undefined {
  let skip: ElementId | 'all' | undefined;
  for (let key: Key | undefined = from; key !== undefined; ) {
    const wait = getWait(run, key);
    if (wait === undefined) return undefined;
    if (wait.kind === 'scope' && wait.branch) {
      key = wait.scope;
      continue;
    }
    const element = elementOf(run, wait.element);
    if (wait.kind === 'scope' && skip !== 'all' && 'eventSubProcesses' in element) {
      const starts = (element.eventSubProcesses ?? [])
        .filter((id) => id !== skip)
        .flatMap((id) => {
          const inner = elementOf(run, id);
          return 'starts' in inner ? inner.starts : [];
        });
      const found = match(run, starts, wait, thrown);
      if (found) return found;
    }
    const outer: Key | undefined = enclosing(run, wait);
    // A compensation handler has boundary events of its own; an instance of a loop has those of the body.
    const within = wait.host !== undefined && outer === wait.host ? getWait(run, outer) : undefined;
    const guarded = within?.element !== wait.element;
    if (guarded && 'boundary' in element && element.boundary !== undefined) {
      const found = match(run, element.boundary, wait, thrown);
      if (found) return found;
    }
    // An event subprocess does not catch its own events; one that has interrupted its scope has ended the others too.
    skip = element.kind === 'eventSubProcess' ? (interrupts(run, element) ? 'all' : element.id) : undefined;
    key = outer;
  }
  return undefined;
}

function interrupts(run: Run, element: ElementOf<'eventSubProcess'>): boolean {
  return element.starts.some((id) => {
    const start = elementOf(run, id);
    return start.kind === 'startEvent' && start.interrupting;
  });
}

/** An event with the very code comes before one that catches all. */
function match(run: Run, ids: ElementId[], host: Wait, thrown: Thrown): Catcher | undefined {
  let all: Catcher | undefined;
  for (const id of ids) {
    const element: PlanElement = elementOf(run, id);
    if (element.kind !== 'boundaryEvent' && element.kind !== 'startEvent') continue;
    for (const event of element.events) {
      if (event.type !== thrown.type || (event.type !== 'error' && event.type !== 'escalation')) continue;
      const catcher: Catcher = { element, host, event };
      if (event.code === undefined) all ??= catcher;
      else {
        const code = evaluate(run, event.code, lookupFrom(run, host.variables, enclosing(run, host)));
        if (code.ok && code.value === thrown.code) return catcher;
      }
    }
  }
  return all;
}

/**
 * An event a multi-instance body throws for an instance that is complete, without being drawn (BPMN 2.0.2, table 10.30 behavior).
 * @returns whether an interrupting boundary event of the body caught it
 */
export function throwImplicit(run: Run, body: Wait, event: EventDefinition, lookup: Lookup): Outcome<boolean> {
  const { key, element } = body;
  switch (event.type) {
    case 'signal': {
      const name = evaluateText(run, 'signal-name', event.name, lookup);
      if (!name.ok) return name;
      return { ok: true, value: emitSignal(run, { element, key, name: name.value, variables: {} }, key) };
    }
    case 'message': {
      const name = evaluateText(run, 'message-name', event.name, lookup);
      if (!name.ok) return name;
      addCommand(run, { do: 'publish-message', key, element, name: name.value, variables: {} });
      return { ok: true, value: false };
    }
    case 'error':
    case 'escalation': {
      const code = event.code
        ? evaluateText(run, event.type === 'error' ? 'error-code' : 'escalation-code', event.code, lookup)
        : ({ ok: true, value: '' } as const);
      return code.ok ? raiseImplicit(run, body, { type: event.type, code: code.value }) : code;
    }
    default:
      return fail('unsupported', { reason: 'event-not-thrown', event: event.type });
  }
}

function raiseImplicit(run: Run, { key: body, element: thrower }: Wait, thrown: Thrown): Outcome<boolean> {
  const catcher = findCatcher(run, body, thrown);
  if (catcher?.element.kind === 'boundaryEvent' && catcher.host.key === body) {
    const { element, host } = catcher;
    addJournalEntry(run, 'event-fired', element.id, host.key, { type: thrown.type, code: thrown.code });
    adjustTokenCount(run, host.scope!, 1);
    leaveAfterEvent(run, element, host.scope!, resultsOf(run, catcher, thrown));
    return { ok: true, value: element.interrupting };
  }
  if (thrown.type === 'escalation') {
    escalate(run, body, { code: thrown.code, variables: {} }, { element: thrower, key: body });
    return { ok: true, value: false };
  }
  if (raise(run, body, thrown)) return { ok: true, value: false };
  return fail('unhandled-error', { reason: 'error-uncaught', errorCode: thrown.code });
}

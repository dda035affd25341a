/** Encodes waits without what the definition says of their element, and without what they share with their host. */
import { eventsOf } from '../events/events-of-element.ts';
import type { EventDefinition, Expression, Plan, PlanElement } from '../model/plan.ts';
import type { Key } from '../model/types.ts';
import { type Fields, omitDefaults, restoreDefaults, type Value } from './defaults.ts';
import { decodeReason, encodeReason, type Place } from './due-reasons.ts';

/** What of the state a wait is read with. */
export interface SnapshotContext {
  plan: Plan;
  root: Key;
  startedAt: string;
  calendarVersion: number;
}

export type EncodedWaits = { [key: Key]: Fields };

const kinds: Partial<Record<PlanElement['kind'], string>> = {
  process: 'scope',
  subProcess: 'scope',
  transaction: 'scope',
  adHocSubProcess: 'scope',
  eventSubProcess: 'scope',
  userTask: 'task',
  serviceTask: 'job',
  sendTask: 'job',
  businessRuleTask: 'job',
  callActivity: 'call',
  boundaryEvent: 'event',
  intermediateCatchEvent: 'event',
  startEvent: 'event',
  receiveTask: 'event',
  eventBasedGateway: 'gateway',
  parallelGateway: 'join',
  inclusiveGateway: 'join',
};

export function encodeWaits(frame: SnapshotContext, waits: EncodedWaits): EncodedWaits {
  const written: EncodedWaits = {};
  for (const [key, wait] of Object.entries(waits))
    written[key] = encodeWait(frame, key, wait, (other) => waits[other]?.['since']);
  return written;
}

export function decodeWaits(frame: SnapshotContext, written: EncodedWaits): EncodedWaits {
  const waits: EncodedWaits = {};
  const read = (key: Key): Fields | undefined => {
    const rest = written[key];
    if (rest !== undefined) waits[key] ??= decodeWait(frame, key, rest, (other) => read(other)?.['since']);
    return waits[key];
  };
  for (const key of Object.keys(written)) read(key);
  return waits;
}

type SinceOf = (key: Key) => Value;

const textOf = (value: Value): string | undefined => (typeof value === 'string' ? value : undefined);

/** What a wait is known to be once its element and what it hangs on are. */
function base({ plan, root, startedAt }: SnapshotContext, key: Key, wait: Fields, sinceOf: SinceOf): Fields {
  const id = textOf(wait['element']) ?? plan.key;
  const element = plan.elements[id];
  const above = key === root ? undefined : (textOf(wait['host']) ?? textOf(wait['scope']) ?? root);
  return {
    key,
    element: key === root ? plan.key : undefined,
    kind: element && kinds[element.kind],
    scope: key === root ? undefined : root,
    since: (above === undefined ? undefined : sinceOf(above)) ?? startedAt,
  };
}

function encodeWait(frame: SnapshotContext, key: Key, wait: Fields, sinceOf: SinceOf): Fields {
  const known = base(frame, key, wait, sinceOf);
  const parts = partsOf(frame, wait);
  const written: Fields = { ...wait };
  if (wait['kind'] === 'task') written['task'] = encodeTask(wait['task'] as Fields, parts);
  if (wait['kind'] === 'event') written['triggers'] = encodeTriggers(wait['triggers'] as Fields[], parts);
  return omitDefaults(written, {
    ...known,
    triggers: wait['kind'] === 'event' ? parts.events.map(() => ({})) : undefined,
  });
}

function decodeWait(frame: SnapshotContext, key: Key, written: Fields, sinceOf: SinceOf): Fields {
  const wait = restoreDefaults(written, base(frame, key, written, sinceOf));
  const parts = partsOf(frame, wait);
  if (wait['kind'] === 'task') wait['task'] = decodeTask(wait['task'] as Fields, parts);
  if (wait['kind'] === 'event')
    wait['triggers'] = decodeTriggers((wait['triggers'] ?? parts.events.map(() => ({}))) as Fields[], parts);
  return wait;
}

interface Parts {
  element: PlanElement | undefined;
  events: EventDefinition[];
  place(expression: Expression | undefined): Place;
}

function partsOf({ plan, calendarVersion }: SnapshotContext, wait: Fields): Parts {
  const element = plan.elements[textOf(wait['element']) ?? plan.key];
  const since = textOf(wait['since']);
  return {
    element,
    events: element ? eventsOf(element) : [],
    place: (expression) => ({ since, expression, calendarVersion }),
  };
}

const constantOf = (expression: Expression | undefined): string | undefined =>
  expression && 'literal' in expression ? expression.literal : undefined;

const listOf = (expression: Expression | undefined): string[] =>
  (constantOf(expression) ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** Role in the candidate groups of an element, which usually completes it. */
export function roleOf(plan: Plan, id: string): string | undefined {
  const element = plan.elements[id];
  return element?.kind === 'userTask' ? listOf(element.user.candidateGroups)[0] : undefined;
}

function taskKnown({ element }: Parts): Fields {
  const user = element?.kind === 'userTask' ? element.user : undefined;
  return {
    name: element && (element.name ?? element.id),
    assignee: null,
    candidateGroups: listOf(user?.candidateGroups),
    candidateUsers: [],
    excludedUsers: [],
    priority: 50,
    formId: user?.formId,
  };
}

const dueOf = ({ element }: Parts): Expression | undefined =>
  element?.kind === 'userTask' ? element.user.dueDate : undefined;

function encodeTask(task: Fields, parts: Parts): Fields {
  const { dueReason: reason, ...rest } = task;
  const written = omitDefaults(rest, taskKnown(parts));
  if (reason !== undefined) written['dueReason'] = encodeReason(reason as Fields, parts.place(dueOf(parts)));
  return written;
}

function decodeTask({ dueReason: reason, ...written }: Fields, parts: Parts): Fields {
  const task = restoreDefaults(written, taskKnown(parts));
  if (reason !== undefined) task['dueReason'] = decodeReason(reason as Fields, parts.place(dueOf(parts)));
  return task;
}

function triggerKnown(event: EventDefinition | undefined): Fields {
  if (!event) return {};
  if (event.type === 'timer') return { type: event.type, limit: event.limit?.id };
  const name = event.type === 'message' || event.type === 'signal' ? constantOf(event.name) : undefined;
  return { type: event.type, name };
}

const timerOf = (event: EventDefinition | undefined): Expression | undefined =>
  event?.type === 'timer' ? event.timer.value : undefined;

function encodeTriggers(triggers: Fields[], { events, place }: Parts): Fields[] {
  return triggers.map(({ reason, ...rest }, i) => {
    const written = omitDefaults(rest, triggerKnown(events[i]));
    if (reason !== undefined) written['reason'] = encodeReason(reason as Fields, place(timerOf(events[i])));
    return written;
  });
}

function decodeTriggers(triggers: Fields[], { events, place }: Parts): Fields[] {
  return triggers.map(({ reason, ...written }, i) => {
    const trigger = restoreDefaults(written, triggerKnown(events[i]));
    if (reason !== undefined) trigger['reason'] = decodeReason(reason as Fields, place(timerOf(events[i])));
    return trigger;
  });
}

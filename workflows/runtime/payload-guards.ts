/** Validation of updates and signals, which any client may send, including the Temporal CLI. */
import type { LocalizedText, Variables } from '../../engine/model/plan.ts';
import type { Actor, EngineEvent, ExplainContext, KnownNames, TaskAction } from '../../engine/model/types.ts';
import type { WorkingCalendar } from '../../engine/time/calendar.ts';
import type { BroadcastSignal, CallEscalated, CallResult, ReportTo, Undelivered } from './instance-messages.ts';

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0;
const isVariables = (value: unknown): value is Variables => isRecord(value);
const isOptionalText = (value: unknown): value is string | undefined => value === undefined || isText(value);

export function isActor(value: unknown): value is Actor {
  return isRecord(value) && isText(value['id']) && isOptionalText(value['role']);
}

function isTaskAction(value: unknown): value is TaskAction {
  if (!isRecord(value)) return false;
  switch (value['type']) {
    case 'claim':
    case 'unclaim':
      return true;
    case 'assign':
      return isText(value['assignee']);
    case 'return':
      return typeof value['reason'] === 'string';
    case 'complete':
      return isVariables(value['variables']);
    default:
      return false;
  }
}

/** Parses engine events from update payloads; undefined for an invalid one. */
export const updateEvents = {
  task(value: unknown): EngineEvent | undefined {
    if (!isRecord(value) || !isText(value['key']) || !isTaskAction(value['action']) || !isActor(value['by'])) return;
    return { type: 'task', key: value['key'], action: value['action'], by: value['by'] };
  },
  correlate(value: unknown): EngineEvent | undefined {
    if (!isRecord(value) || !isText(value['id']) || !isText(value['name']) || !isVariables(value['variables'])) return;
    const { correlationKey, by } = value;
    if (!isOptionalText(correlationKey) || !(by === undefined || isActor(by))) return;
    return {
      type: 'message',
      id: value['id'],
      name: value['name'],
      variables: value['variables'],
      ...(correlationKey !== undefined && { correlationKey }),
      ...(by && { by }),
    };
  },
  retry(value: unknown): EngineEvent | undefined {
    if (!isRecord(value) || !isText(value['key']) || !isActor(value['by'])) return;
    return { type: 'retry', key: value['key'], by: value['by'] };
  },
  skip(value: unknown): EngineEvent | undefined {
    if (!isRecord(value) || !isText(value['key']) || typeof value['reason'] !== 'string' || !isActor(value['by']))
      return;
    const { key, reason, variables, by } = value;
    if (variables !== undefined && !isVariables(variables)) return;
    return { type: 'skip', key, reason, by, ...(variables && { variables }) };
  },
  cancel(value: unknown): EngineEvent | undefined {
    if (!isRecord(value) || typeof value['reason'] !== 'string' || !isActor(value['by'])) return;
    return { type: 'cancel', reason: value['reason'], by: value['by'] };
  },
  setVariables(value: unknown): EngineEvent | undefined {
    if (!isRecord(value) || !isVariables(value['variables']) || !isActor(value['by'])) return;
    const { scope } = value;
    if (!isOptionalText(scope)) return;
    return {
      type: 'set-variables',
      variables: value['variables'],
      by: value['by'],
      ...(scope !== undefined && { scope }),
    };
  },
};

/** Context of an `explain` query; unknown members are ignored. */
export function explainContextFrom(value: unknown): ExplainContext {
  if (!isRecord(value)) return {};
  const { messages, signals, called, names } = value;
  const isNames = (list: unknown): list is string[] => Array.isArray(list) && list.every(isText);
  const known = isRecord(called) ? Object.entries(called).filter(([, one]) => isCalled(one)) : undefined;
  return {
    ...(isNames(messages) && { messages }),
    ...(isNames(signals) && { signals }),
    ...(known && { called: Object.fromEntries(known) as NonNullable<ExplainContext['called']> }),
    ...(isRecord(names) && { names: knownNamesFrom(names) }),
  };
}

function knownNamesFrom({ people, processes }: Record<string, unknown>): KnownNames {
  const only = <T>(list: unknown, isOne: (one: unknown) => one is T): Record<string, T> =>
    Object.fromEntries(
      Object.entries(isRecord(list) ? list : {}).filter((entry): entry is [string, T] => isOne(entry[1])),
    );
  return { people: only(people, isText), processes: only(processes, isLocalized) };
}

const isLocalized = (value: unknown): value is LocalizedText =>
  isRecord(value) && isText(value['zh']) && isText(value['en']);

const isCalled = (value: unknown): boolean =>
  isRecord(value) && typeof value['status'] === 'string' && typeof value['stuck'] === 'number';

export function isBroadcast(value: unknown): value is BroadcastSignal {
  return isRecord(value) && isText(value['name']) && isVariables(value['variables']) && isOptionalText(value['id']);
}

export function isUndelivered(value: unknown): value is Undelivered {
  return (
    isRecord(value) &&
    isText(value['id']) &&
    isText(value['name']) &&
    isOptionalText(value['element']) &&
    isText(value['until'])
  );
}

export function isReportTo(value: unknown): value is ReportTo {
  return isRecord(value) && isText(value['parent']) && isText(value['key']);
}

export function isCallResult(value: unknown): value is CallResult {
  if (!isRecord(value) || !isOptionalText(value['key']) || !isText(value['child']) || !isRecord(value['end']))
    return false;
  const end = value['end'];
  return end['ok'] === true
    ? isVariables(end['variables'])
    : end['ok'] === false && isText(end['code']) && typeof end['message'] === 'string';
}

export function isCallEscalated(value: unknown): value is CallEscalated {
  return (
    isRecord(value) && isText(value['child']) && typeof value['code'] === 'string' && isVariables(value['variables'])
  );
}

export function isCalendar(value: unknown): value is WorkingCalendar {
  return (
    isRecord(value) &&
    isText(value['id']) &&
    typeof value['version'] === 'number' &&
    isText(value['zone']) &&
    isRecord(value['years']) &&
    isRecord(value['off']) &&
    isRecord(value['worked'])
  );
}

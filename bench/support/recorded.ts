/** What one drawn complaint asked of Temporal, act by act, read from its history: the bare workflow (handwritten/bare.ts) asks the same. */
import type { Client } from '@temporalio/client';
import { type Payload as CodecPayload, SearchAttributeType } from '@temporalio/common';
import { openPayload } from '../../temporal/sealing/codec.ts';
import { testKeys } from '../../tests/support/keys.ts';
import type { Act, Ask, Attribute, Recorded } from '../handwritten/bare.ts';

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;
type Event = NonNullable<History['events']>[number];
interface Payload {
  metadata?: Record<string, Uint8Array> | null;
  data?: Uint8Array | null;
}

/** What the SDK itself writes into a marker is not sealed. */
function read<T>(payload: Payload | null | undefined): T | undefined {
  if (!payload?.data) return undefined;
  const opened = openPayload(payload as CodecPayload, testKeys);
  const text = Buffer.from(opened.by === 'none' ? payload.data : opened.data).toString('utf8');
  return text === '' ? undefined : (JSON.parse(text) as T);
}

const summaryOf = (event: Event): string => read<string>(event.userMetadata?.summary) ?? '';

const types: Record<string, SearchAttributeType> = {
  Keyword: SearchAttributeType.KEYWORD,
  KeywordList: SearchAttributeType.KEYWORD_LIST,
  Datetime: SearchAttributeType.DATETIME,
  Bool: SearchAttributeType.BOOL,
};

/** What needs a row is given those that the act brought; what an activity was given is in no history. */
export interface RecordedRun extends Recorded {
  /** What each local activity answered, by name. */
  results: Record<string, unknown>;
}

/** @throws for an event the bare workflow could not bring about */
export function recordedOf({ events }: History, details: string): RecordedRun {
  const acts: Act[] = [{ asks: [] }];
  const results: Record<string, unknown> = {};
  for (const event of events ?? []) {
    const act = acts.at(-1) as Act;
    const ask = askOf(event, act, results);
    if (ask) act.asks.push(ask);
    if (event.workflowExecutionUpdateAcceptedEventAttributes) acts.push({ asks: [] });
    const completed = event.workflowExecutionUpdateCompletedEventAttributes;
    if (completed) act.answer = read(completed.outcome?.success?.payloads?.[0]);
  }
  for (const act of acts)
    for (const ask of act.asks)
      if (ask.do === 'local-activity' && ask.name === 'project') ask.args = [rowsOf(act) ?? rowsOf(acts[1])];
  return { acts, details, results };
}

/** What a local activity is given is in no history; the tasks stand for all rows. */
const rowsOf = (act: Act | undefined): unknown => {
  const { tasks } = (act?.answer ?? {}) as { tasks?: unknown };
  return tasks === undefined ? undefined : { instance: {}, tasks, journal: [] };
};

function askOf(event: Event, act: Act, results: Record<string, unknown>): Ask | undefined {
  const { markerRecordedEventAttributes: marker, timerStartedEventAttributes: started } = event;
  const { timerCanceledEventAttributes: cancelled, upsertWorkflowSearchAttributesEventAttributes: upsert } = event;
  if (marker?.markerName === 'core_local_activity') {
    const name = read<{ activity_type: string }>(marker.details?.['data']?.payloads?.[0])?.activity_type ?? '';
    results[name] = read(marker.details?.['result']?.payloads?.[0]) ?? null;
    return {
      do: 'local-activity',
      name,
      args: [{}],
      summary: summaryOf(event),
      awaited: act.answer === undefined && name !== 'project',
    };
  }
  // The interpreter's own question to the SDK.
  if (marker) return undefined;
  if (started) {
    const { seconds, nanos } = started.startToFireTimeout ?? {};
    const ms = Number(seconds ?? 0) * 1000 + Math.round((nanos ?? 0) / 1e6);
    return { do: 'start-timer', id: started.timerId ?? '', ms, summary: summaryOf(event) };
  }
  if (cancelled) return { do: 'cancel-timer', id: cancelled.timerId ?? '' };
  if (upsert) {
    const fields = Object.entries(upsert.searchAttributes?.indexedFields ?? {}) as [string, Payload][];
    const changed = fields.map(([name, payload]): Attribute => {
      const type = types[Buffer.from(payload.metadata?.['type'] ?? []).toString()];
      if (!type) throw new Error(`The search attribute ${name} is of an unknown type.`);
      return { name, type, value: read<Attribute['value']>(payload) ?? null };
    });
    return { do: 'attributes', changed };
  }
  const name = Object.keys(event).find((key) => key.endsWith('EventAttributes')) ?? '';
  const known = /^workflow(Task\w+|Execution(Started|Completed|UpdateAccepted|UpdateCompleted))EventAttributes$/.test(
    name,
  );
  if (!known) throw new Error(`The drawn complaint did what the bare workflow cannot do: ${name}.`);
  return undefined;
}

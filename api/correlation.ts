/** Messages and signals from outside: written first, then handed over at once where somebody waits (store/hand-over.ts). */

import type { Variables } from '../engine/plan.ts';
import { addDuration } from '../engine/time/duration.ts';
import { TimeError } from '../engine/time/error.ts';
import { findMessageStarts } from '../store/definitions.ts';
import { findFacility } from '../store/facilities.ts';
import { broadcast, type Carrier, handOver } from '../store/hand-over.ts';
import { dropMessage, findMessage, insertMessage, type MessageRow } from '../store/messages.ts';
import { writeProjection } from '../store/projection.ts';
import { insertSignal } from '../store/signals.ts';
import { type BroadcastSignal, type CorrelateUpdate, signalNames, updateNames } from '../workflows/runtime/messages.ts';
import { updateIdOf } from './acting.ts';
import type { Deps } from './deps.ts';
import { digestOf } from './digest.ts';
import { facilitiesOf, maySee, type Person } from './policy.ts';
import { forbidden, invalid, ProblemError, type ProblemFields } from './problem.ts';

export interface Message {
  name: string;
  correlationKey?: string | undefined;
  variables: Variables;
  facility?: string | undefined;
  timeToLive?: string | undefined;
  messageId?: string | undefined;
}

export type Published =
  | { kind: 'taken'; message: MessageRow; happened: { zh: string; en: string } }
  | { kind: 'waiting'; message: MessageRow; happened: { zh: string; en: string } };

/** Exactly one taker, now or until its time to live is over. */
export async function publish(
  deps: Deps,
  person: Person,
  message: Message,
  idempotencyKey: string | undefined,
): Promise<Published> {
  const { name, correlationKey, variables, timeToLive, messageId } = message;
  const facility = await facilityFor(person, message.facility);
  const publishedAt = new Date().toISOString();
  const until = untilOf(publishedAt, timeToLive);
  const id =
    messageId === undefined
      ? updateIdOf(person.id, 'POST /api/messages', message, idempotencyKey)
      : digestOf('message', name, correlationKey ?? null, messageId);
  const digest = digestOf(variables, message.facility ?? null);
  const reach = facilitiesOf(person);
  const row = await insertMessage({
    _id: id,
    name,
    ...(correlationKey !== undefined && { correlationKey }),
    variables,
    digest,
    ...(facility !== undefined && { facility }),
    ...(reach && { reach }),
    sender: { staff: person.id },
    publishedAt,
    until,
  });
  if (row.digest !== digest) throw anotherOne(message);
  const carrier = carrierOf(deps);
  if (row.state === 'waiting') await handOverOrKeep(deps, carrier, row, timeToLive !== undefined);
  const now = (await findMessage(id)) ?? row;
  deps.metrics.messages.inc({ result: resultOf(row, now) });
  switch (now.state) {
    case 'taken':
      return { kind: 'taken', message: now, happened: carrier.happened.get(id) ?? takenBefore(now) };
    case 'waiting':
      if (timeToLive === undefined) throw stillBusy();
      return {
        kind: 'waiting',
        message: now,
        happened: { zh: '暂无人等待此消息，已保存', en: 'Nobody waits for it yet; it is kept until somebody does.' },
      };
    case 'withdrawn':
      throw settledProblem(now, 'withdrawn', 'An operator took this message back.');
    case 'expired':
      if (timeToLive !== undefined)
        throw settledProblem(now, 'expired', `Nobody took this message until ${now.until}.`);
  }
  await dropMessage(id);
  throw await nobody(message, facility, carrier);
}

const resultOf = (before: MessageRow, { state, began }: MessageRow): string => {
  if (before.state !== 'waiting') return 'repeated';
  if (state === 'taken') return began ? 'began' : 'taken';
  return state === 'waiting' ? 'waiting' : 'nobody';
};

/** What cannot be done now is gone on with by the worker, for a message that may wait. */
async function handOverOrKeep(deps: Deps, carrier: Carrier, row: MessageRow, mayWait: boolean): Promise<void> {
  try {
    await handOver(carrier, row);
  } catch (error) {
    if (!mayWait) throw error;
    deps.log.warn({ message: row._id }, 'a message is kept, but could not be handed over at once');
  }
}

/** Everybody who waits for it now hears it, and the processes that start by it begin. */
export async function throwSignal(
  deps: Deps,
  person: Person,
  signal: { name: string; variables: Variables; facility?: string | undefined },
  idempotencyKey: string | undefined,
): Promise<{ id: string; told: number; began: string[] }> {
  const id = updateIdOf(person.id, 'POST /api/signals', signal, idempotencyKey);
  const facility = await facilityFor(person, signal.facility);
  const reach = facilitiesOf(person);
  const row = await insertSignal({
    _id: id,
    name: signal.name,
    variables: signal.variables,
    ...(facility !== undefined && { facility }),
    ...(reach && { reach }),
    sender: { staff: person.id },
    at: new Date().toISOString(),
  });
  const told =
    row.state === 'told' ? { told: row.told ?? 0, began: row.began ?? [] } : await broadcast(carrierOf(deps), row);
  return { id, ...told };
}

/** Temporal through the API's own connection. `running`: instances that kept a message from beginning another one of their key. */
function carrierOf({
  processes,
}: Deps): Carrier & { happened: Map<string, { zh: string; en: string }>; running: string[]; refused: string[] } {
  const happened = new Map<string, { zh: string; en: string }>();
  const running: string[] = [];
  const refused: string[] = [];
  return {
    happened,
    running,
    refused,
    async offer(instance, { _id: id, name, correlationKey, variables, sender }) {
      const argument: CorrelateUpdate = {
        id,
        name,
        variables: variables as Variables,
        ...(correlationKey !== undefined && { correlationKey }),
        ...(sender.staff !== undefined && { by: { id: sender.staff } }),
      };
      const outcome = await processes.update(instance, updateNames.correlate, argument, id);
      if (outcome.kind === 'done') {
        happened.set(id, outcome.answer.happened);
        await writeProjection(outcome.answer.rows);
        return 'took';
      }
      refused.push(instance);
      return outcome.kind === 'refused' ? 'refused' : 'gone';
    },
    async signal(instance, { _id: id, name, variables }) {
      const signal: BroadcastSignal = { id, name, variables: variables as Variables };
      return (await processes.signal(instance, signalNames.signal, signal)).kind === 'done';
    },
    async start({ id, from, variables, ...where }) {
      const input = { ...where, variables: variables as Variables, startedBy: { id: from } };
      const instance = `${where.process}/${where.businessKey}`;
      const began = await processes.begin(input, id);
      if (began) {
        const words = {
          zh: `已由此消息发起流程 ${where.process}`,
          en: `The message began the process ${where.process}.`,
        };
        happened.set(id, words);
      } else running.push(instance);
      return began ? instance : undefined;
    },
  };
}

/** Where a process begins: as asked, else the first facility of the person. */
async function facilityFor(person: Person, asked: string | undefined): Promise<string | undefined> {
  if (asked === undefined) return person.roles.find((held) => held.facility !== '*')?.facility;
  if (!maySee(person, asked))
    throw forbidden('wrong-facility', `You do not belong to the facility ${asked}.`, 'Name a facility of yours.');
  if (!(await findFacility(asked)))
    throw invalid([{ path: 'body.facility', code: 'unknown', message: `There is no facility ${asked}.` }], 422);
  return asked;
}

const longestDays = 400;

function untilOf(publishedAt: string, timeToLive: string | undefined): string {
  if (timeToLive === undefined) return publishedAt;
  const wrong = (message: string) => invalid([{ path: 'body.timeToLive', code: 'bad_duration', message }]);
  try {
    const until = addDuration(publishedAt, timeToLive, 'UTC');
    const ms = Date.parse(until) - Date.parse(publishedAt);
    if (ms <= 0 || ms > longestDays * 86_400_000)
      throw wrong(`A time to live is longer than nothing and at most ${longestDays} days.`);
    return until;
  } catch (error) {
    if (error instanceof TimeError) throw wrong(error.message);
    throw error;
  }
}

const takenBefore = ({ taker = '' }: MessageRow) => ({
  zh: `此消息已由 ${taker} 接收`,
  en: `${taker} has taken this message.`,
});

function described({ name, correlationKey }: Message): string {
  return correlationKey === undefined ? `"${name}"` : `"${name}" with the key "${correlationKey}"`;
}

/** Nobody took a message that may not wait: why. */
async function nobody(
  message: Message,
  facility: string | undefined,
  { running, refused }: { running: string[]; refused: string[] },
): Promise<ProblemError> {
  const [start] = await findMessageStarts(message.name);
  if (start && facility === undefined) {
    const why = `"${message.name}" begins the process ${start.process}; name the facility where.`;
    return invalid([{ path: 'body.facility', code: 'needed', message: why }], 422);
  }
  const hint = 'With a "timeToLive" it is kept until somebody takes it.';
  const problem = (fields: Omit<ProblemFields, 'hint'>) => new ProblemError({ ...fields, hint });
  if (running[0] !== undefined)
    return problem({
      status: 409,
      code: 'already-running',
      title: 'It runs already',
      detail: `${running[0]} runs under this key; a message begins one at a time.`,
      more: { taker: running[0] },
    });
  if (refused.length > 0)
    return problem({
      status: 409,
      code: 'no-longer-waiting',
      title: 'It waits no longer',
      detail: `An instance waited for ${described(message)}, but has gone on or ended in the meantime.`,
    });
  return problem({
    status: 404,
    code: 'no-taker',
    title: 'Nobody waits for this message',
    detail: `No running instance waits for ${described(message)}, and no definition begins with it.`,
  });
}

function anotherOne({ messageId }: Message): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'message-id-taken',
    title: 'Another message has this id',
    detail: `A message with the id "${messageId}", the same name and the same key says something else.`,
    hint: 'Give each message an id of its own; repeat one exactly as it was.',
  });
}

function settledProblem({ _id: id }: MessageRow, code: 'withdrawn' | 'expired', detail: string): ProblemError {
  return new ProblemError({
    status: 409,
    code: `message-${code}`,
    title: 'This message is over',
    detail,
    hint: 'Publish it anew under another id, if it is still meant.',
    more: { id },
  });
}

function stillBusy(): ProblemError {
  return new ProblemError({
    status: 503,
    code: 'messages-under-way',
    title: 'Not available now',
    detail:
      'Messages of this name and key are being handed over, so it is not known yet whether somebody takes this one.',
    hint: 'Send the same request with the same Idempotency-Key again in a moment: it is done once.',
    headers: { 'Retry-After': '1' },
  });
}

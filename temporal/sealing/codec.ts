/**
 * The payload codec of API and worker: everything that goes to Temporal is sealed, and what comes from there says whether it opened
 * (workflows/sealing/marks.ts). Decoding never throws: a workflow task that fails for a payload fails for ever.
 *
 * What the acting key seals begins with a line of JSON that tells what it is for: its encoding, use, and where it belongs (the instance,
 * or one activity of it). A payload that somebody copies from a history into another instance, activity or signal does not open there.
 */
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { megabytesOver } from '../../engine/model/payload-size.ts';
import {
  type AnswerTooLarge,
  personUse,
  type SealingPerson,
  type Unopened,
  type UnopenedReason,
} from '../../workflows/sealing/marks.ts';
import { isKeyId, type Key, type SealingKeys } from './keys.ts';
import { nonceOf, open, seal } from './seal.ts';

type Encoding = 'json/plain' | 'binary/null' | 'binary/plain';
const encodings = { j: 'json/plain', n: 'binary/null', b: 'binary/plain' } as const satisfies Record<string, Encoding>;
type EncodingLetter = keyof typeof encodings;

/** First line of a plaintext sealed with the acting key. */
type Header = [encoding: EncodingLetter, belongsTo: string, use?: string, person?: SealingPerson];

const encrypted = 'binary/encrypted';
const metadataOf = (encoding: string) => ({ encoding: Buffer.from(encoding) });
const nothing = new Uint8Array();
/** Protobuf yields an empty list for absent bytes. */
const bytesOf = ({ data }: Payload): Uint8Array => (data && data.length > 0 ? data : nothing);

/** Workflow of a payload; empty at the codec endpoint, which is not given it. */
function placeOf(context: SerializationContext | undefined): string {
  if (!context) return '';
  return context.type === 'workflow' ? context.workflowId : `${context.workflowId ?? ''}#${context.activityId ?? ''}`;
}

const usePrefix = Buffer.from('{"careloop:use":"');
const valuePrefix = Buffer.from('","value":');
const jobPrefix = Buffer.from('{"careloop:job":');
const answerPrefix = Buffer.from('{"careloop:answer":');
const quote = 0x22;

const startsWith = (data: Uint8Array, prefix: Buffer): boolean =>
  data.length >= prefix.length && prefix.equals(data.subarray(0, prefix.length));

/** Removes a mark. Undefined values are omitted. */
function withoutMark(data: Uint8Array): { use: string; value: Uint8Array | undefined } | undefined {
  if (!startsWith(data, usePrefix)) return undefined;
  const end = data.indexOf(quote, usePrefix.length);
  const use = Buffer.from(data.subarray(usePrefix.length, end)).toString();
  const rest = data.subarray(end);
  return { use, value: startsWith(rest, valuePrefix) ? rest.subarray(valuePrefix.length, -1) : undefined };
}

function encodingOf({ metadata }: Payload): string {
  const encoding = metadata?.['encoding'];
  return encoding ? Buffer.from(encoding).toString() : '';
}

function letterOf(payload: Payload): EncodingLetter {
  const encoding = encodingOf(payload);
  for (const [letter, known] of Object.entries(encodings)) if (known === encoding) return letter as EncodingLetter;
  throw new Error(`Payloads with the encoding "${encoding}" are not sealed.`);
}

function sealedWith(key: Key, content: Buffer, compress?: boolean): Payload {
  return {
    metadata: { ...metadataOf(encrypted), 'encryption-key-id': Buffer.from(key.id) },
    data: seal(content, key, compress),
  };
}

function actingPayload(key: Key, header: Header, data: Uint8Array, compress?: boolean): Payload {
  return sealedWith(key, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), data]), compress);
}

/** Arguments of local activities stay in the worker; only their results go into the history. */
const staysHere = (context: SerializationContext | undefined, use: string): boolean =>
  context?.type === 'activity' && context.isLocal && use.startsWith(localUse);
const localUse = encodeURIComponent('activity:');

/** A larger query result fails without an error message. */
function answerPayload(key: Key, header: Header, data: Uint8Array): Payload {
  const payload = actingPayload(key, header, data);
  const size = megabytesOver(payload.data?.length ?? 0);
  if (!size) return payload;
  return actingPayload(
    key,
    header,
    Buffer.from(JSON.stringify({ 'careloop:too-large': size } satisfies AnswerTooLarge)),
  );
}

/** @param person at the codec endpoint */
export function sealPayload(
  payload: Payload,
  keys: Pick<SealingKeys, 'acting' | 'job'>,
  context: SerializationContext | undefined,
  person?: SealingPerson,
): Payload {
  const data = bytesOf(payload);
  const letter = letterOf(payload);
  const [acting] = keys.acting;
  const place = placeOf(context);
  if (person) return actingPayload(acting, [letter, place, personUse, person], data);
  if (letter === 'j') {
    if (startsWith(data, jobPrefix)) return sealedWith(keys.job[0], Buffer.from(data.subarray(jobPrefix.length, -1)));
    if (startsWith(data, answerPrefix))
      return answerPayload(acting, ['j', place], data.subarray(answerPrefix.length, -1));
    const marked = withoutMark(data);
    if (marked) {
      const header: Header = [marked.value ? 'j' : 'n', place, marked.use];
      return actingPayload(acting, header, marked.value ?? nothing, !staysHere(context, marked.use));
    }
  }
  return actingPayload(acting, [letter, place], data);
}

export type OpenedPayload =
  | {
      by: 'acting';
      encoding: Encoding;
      data: Buffer;
      place: string;
      use?: string;
      person?: SealingPerson;
      seal: string;
    }
  | { by: 'job'; data: Buffer }
  | { by: 'none'; reason: UnopenedReason; key?: string };

export function openPayload(payload: Payload, keys: Pick<SealingKeys, 'acting' | 'job'>): OpenedPayload {
  if (encodingOf(payload) !== encrypted) return { by: 'none', reason: 'unsealed' };
  const id = Buffer.from(payload.metadata?.['encryption-key-id'] ?? nothing).toString();
  const sealed = bytesOf(payload);
  const acting = keys.acting.find((key) => key.id === id);
  const job = acting ? undefined : keys.job.find((key) => key.id === id);
  const key = acting ?? job;
  if (!key) return { by: 'none', reason: 'unknown-key', ...(isKeyId(id) && { key: id }) };
  const content = open(sealed, key);
  if (!content) return { by: 'none', reason: 'damaged', key: key.id };
  if (job) return { by: 'job', data: content };
  const end = content.indexOf(0x0a);
  const [letter, place, use, person] = JSON.parse(content.subarray(0, end).toString()) as Header;
  return {
    by: 'acting',
    encoding: encodings[letter],
    data: content.subarray(end + 1),
    place,
    seal: nonceOf(sealed),
    ...(use !== undefined && { use }),
    ...(person && { person }),
  };
}

const json = (...parts: (string | Buffer)[]): Payload => ({
  metadata: metadataOf('json/plain'),
  data: Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))),
});

const unopenedPayload = (reason: UnopenedReason, key?: string): Payload =>
  json(JSON.stringify({ 'careloop:unopened': reason, ...(key !== undefined && { key }) } satisfies Unopened));

/** As values with marks that say how they were sealed. */
function marked(opened: OpenedPayload, context: SerializationContext | undefined): Payload {
  if (opened.by === 'none') return unopenedPayload(opened.reason, opened.key);
  if (opened.by === 'job') return json(jobPrefix, opened.data.length > 0 ? opened.data : 'null', '}');
  const { encoding, data, place, use, person, seal: nonce } = opened;
  // A person's seal is not bound to a workflow: the receiver decides about its use (workflows/runtime/admission.ts).
  if (context && !person && place !== placeOf(context)) return unopenedPayload('elsewhere');
  if (use === undefined) return { metadata: metadataOf(encoding), data };
  const who = person ? `,"person":${JSON.stringify(person)}` : '';
  const value = encoding === 'json/plain' ? [',"value":', data] : [];
  return json(`{"careloop:use":"${use}","seal":"${nonce}"${who}`, ...value, '}');
}

/** For API and worker. */
export function createActingCodec(keys: SealingKeys): PayloadCodec {
  return {
    encode: async (payloads, context) => payloads.map((one) => sealPayload(one, keys, context)),
    decode: async (payloads, context) => payloads.map((one) => marked(openPayload(one, keys), context)),
  };
}

/** For an external worker: it opens job inputs and seals their results. Other languages: docs/job-workers.md. */
export function createJobCodec(job: SealingKeys['job']): PayloadCodec {
  return {
    async encode(payloads) {
      return payloads.map((payload) => {
        const letter = letterOf(payload);
        if (letter === 'b') throw new Error('Jobs answer JSON.');
        return sealedWith(job[0], letter === 'j' ? Buffer.from(bytesOf(payload)) : Buffer.alloc(0));
      });
    },
    async decode(payloads) {
      return payloads.map((payload) => {
        const id = Buffer.from(payload.metadata?.['encryption-key-id'] ?? nothing).toString();
        const key = job.find((one) => one.id === id);
        const content = key && open(bytesOf(payload), key);
        if (!content) throw new Error('This payload was not sealed for jobs.');
        return content.length > 0 ? json(content) : { metadata: metadataOf('binary/null'), data: nothing };
      });
    },
  };
}

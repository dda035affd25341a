/** Clients of somebody who reaches Temporal's port: one sends what a person sealed at the codec endpoint, one copies of what stands in a history. */
import { Client, type ConnectionLike, type WorkflowHandle } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { createActingCodec, sealPayload } from '../../temporal/sealing/codec.ts';
import type { SealingPerson } from '../../workflows/sealing/marks.ts';
import { testKeys } from './keys.ts';
import { namespace } from './namespace.ts';

const { decode } = createActingCodec(testKeys);

const clientSending = (connection: ConnectionLike, encode: (payloads: Payload[]) => Payload[]): Client =>
  new Client({
    connection,
    namespace,
    dataConverter: { payloadCodecs: [{ encode: async (payloads) => encode(payloads), decode }] },
  });

export const clientOfPerson = (connection: ConnectionLike, person: Omit<SealingPerson, 'at'>): Client =>
  clientSending(connection, (payloads) =>
    payloads.map((one) => sealPayload(one, testKeys, undefined, { ...person, at: new Date().toISOString() })),
  );

/** Whatever arguments it is given, it sends these payloads. */
export const copyingClient = (connection: ConnectionLike, copied: Payload[]): Client =>
  clientSending(connection, () => copied);

/** The arguments of the updates that an instance has accepted, sealed as they came, in order. */
export async function acceptedUpdates(handle: WorkflowHandle): Promise<Payload[][]> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).flatMap(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) =>
    accepted ? [(accepted.acceptedRequest?.input?.args?.payloads ?? []) as Payload[]] : [],
  );
}

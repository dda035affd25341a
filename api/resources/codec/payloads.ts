/** Decodes payloads that a person may read, and encodes payloads on that person's behalf. */
import type { Payload } from '@temporalio/common';
import { findFacilitiesOf } from '../../../store/runtime/instances.ts';
import { openPayload, sealPayload } from '../../../temporal/sealing/codec.ts';
import type { SealingKeys } from '../../../temporal/sealing/keys.ts';
import { mayDecode, type Person } from '../../http/policy.ts';
import { invalid } from '../../http/problem.ts';
import type { PayloadJson } from './schemas.ts';

const fromJson = ({ metadata = {}, data = '' }: PayloadJson): Payload => ({
  metadata: Object.fromEntries(Object.entries(metadata).map(([name, text]) => [name, Buffer.from(text, 'base64')])),
  data: Buffer.from(data, 'base64'),
});

export const toJson = ({ metadata, data }: Payload): PayloadJson => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
  ),
  data: Buffer.from(data ?? []).toString('base64'),
});

/** The id `complaint/BJ2026110001#12` is an activity of an instance. */
const instanceOf = (place: string): string => place.replace(/#\d*$/, '');

/**
 * Payloads that the person may not read, or that cannot be decrypted, are returned unchanged, so that Temporal's UI
 * shows the rest of a history.
 * @returns also the instances that were read
 */
export async function decodedFor(
  person: Person,
  payloads: PayloadJson[],
  keys: SealingKeys,
): Promise<{ payloads: PayloadJson[]; instances: string[] }> {
  const opened = payloads.map((one) => openPayload(fromJson(one), keys));
  const places = opened.map((one) => (one.by === 'acting' && one.place !== '' ? instanceOf(one.place) : undefined));
  const facilities = await findFacilitiesOf([...new Set(places.flatMap((place) => place ?? []))]);
  const instances = new Set<string>();
  const decoded = payloads.map((sealed, index) => {
    const one = opened[index];
    const place = places[index];
    if (!one || one.by === 'none') return sealed;
    if (!mayDecode(person, place === undefined ? undefined : facilities.get(place))) return sealed;
    if (place !== undefined) instances.add(place);
    const encoding = one.by === 'acting' ? one.encoding : one.data.length > 0 ? 'json/plain' : 'binary/null';
    return toJson({ metadata: { encoding: Buffer.from(encoding) }, data: one.data });
  });
  return { payloads: decoded, instances: [...instances].sort() };
}

/** @throws ProblemError for anything but JSON, which instances would refuse */
export function encodedFor(person: Person, payloads: PayloadJson[], keys: SealingKeys): PayloadJson[] {
  const roles = person.roles.map(({ role, facility }) => ({ role, facility }));
  const sealing = { id: person.id, roles, at: new Date().toISOString() };
  return payloads.map((one) => {
    const payload = fromJson(one);
    const encoding = Buffer.from(payload.metadata?.['encoding'] ?? []).toString();
    if (encoding !== 'json/plain' && encoding !== 'binary/null')
      throw invalid([
        { path: 'body.payloads', code: 'encoding', message: `"${encoding}" cannot be sealed: send json/plain.` },
      ]);
    return toJson(sealPayload(payload, keys, undefined, sealing));
  });
}

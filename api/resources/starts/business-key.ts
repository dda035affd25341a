/** Allocates the business key of a start by the process's pattern. */
import { keyFrame, keyOf } from '../../../engine/analysis/business-key.ts';
import type { KeyPart } from '../../../engine/model/plan.ts';
import type { Facility } from '../../../store/organisation/facilities.ts';
import { allocateBusinessKey } from '../../../store/runtime/business-keys.ts';

export interface KeyRequest {
  process: string;
  pattern: readonly KeyPart[];
  facility: Pick<Facility, '_id' | 'zone'>;
  /** ISO 8601; dates in the key are those of the facility's zone at this time. */
  at: string;
  /** Idempotency key: the same request gets the same business key. */
  request: string;
}

/**
 * Skips keys that are taken: a restored database allocates keys of running instances again, and people may have chosen
 * some.
 * @param isFree whether the key is unused, or used by this very request
 */
export async function businessKeyFor(asked: KeyRequest, isFree: (key: string) => Promise<boolean>): Promise<string> {
  const { process, pattern, facility, at, request } = asked;
  const frame = keyFrame(pattern, { facility: facility._id, at, zone: facility.zone });
  // A pattern without a serial yields a single key, taken or not.
  if (frame.digits === undefined) return frame.before;
  for (let taken = 0; ; taken += 1) {
    const key = await allocateBusinessKey({
      process,
      prefix: frame.before,
      keyOf: (serial) => keyOf(frame, serial),
      request: taken === 0 ? request : `${request}+${taken}`,
      at,
    });
    if (await isFree(key)) return key;
  }
}

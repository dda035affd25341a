/** The business key of a start, where its process has a pattern for them. */
import { keyFrame, keyOf } from '../../../engine/analysis/business-key.ts';
import type { KeyPart } from '../../../engine/model/plan.ts';
import type { Facility } from '../../../store/organisation/facilities.ts';
import { allocateBusinessKey } from '../../../store/runtime/business-keys.ts';

export interface KeyRequest {
  process: string;
  pattern: readonly KeyPart[];
  facility: Pick<Facility, '_id' | 'zone'>;
  /** ISO 8601: the pattern's dates are those of the facility's zone then. */
  at: string;
  /** The same request gets the same key. */
  request: string;
}

/**
 * A database that was set back gives keys again whose instances still run, and a person may have named one: those are passed over.
 * @param isFree whether an instance may begin under it, or has begun for this very request
 */
export async function businessKeyFor(asked: KeyRequest, isFree: (key: string) => Promise<boolean>): Promise<string> {
  const { process, pattern, facility, at, request } = asked;
  const frame = keyFrame(pattern, { facility: facility._id, at, zone: facility.zone });
  // Without a serial there is one key only, taken or not.
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

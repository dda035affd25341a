/** Whether a patient has returned: chains about absent patients must know of visits in other episodes. */
import type { QueryFilter } from 'mongoose';
import { VisitModel } from './care-records.ts';
import { type HospitalEvent, HospitalEventModel } from './hospital-events.ts';

/**
 * @param day local date of the last visit known to the chain
 * @param chain its key: facility and episode number. Of two episodes with a visit on the same day the later number wins
 */
export async function visitedSince(about: {
  patient: string;
  facility: string;
  day: string;
  chain: string;
}): Promise<boolean> {
  const { patient, facility, day, chain } = about;
  const episode = chain.slice(facility.length + 1);
  const later = { $or: [{ on: { $gt: day } }, { on: day, episode: { $gt: episode } }] };
  const removal = { patient, facility, 'occurrence.type': 'suturesRemoved', state: { $ne: 'parked' as const } };
  const found = await Promise.all([
    VisitModel.exists({ patient, facility, ...later }),
    HospitalEventModel.exists({ ...removal, ...later } as QueryFilter<HospitalEvent>),
  ]);
  return found.some((one) => one !== null);
}

/** Whether a patient has returned: chains about absent patients must know of visits in other episodes. */
import type { QueryFilter } from 'mongoose';
import { episodeIn } from '../processes/followUp/follow-up-row.ts';
import { VisitModel } from './care-records.ts';
import { counting, type HospitalEvent, HospitalEventModel } from './hospital-events.ts';

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
  const episode = episodeIn(chain, facility);
  const later = (date: string) => [{ [date]: { $gt: day } }, { [date]: day, episode: { $gt: episode } }];
  // The day of a removal may be told afterwards.
  const removedOn = 'occurrence.removedOn';
  const onItsDay = { [removedOn]: { $exists: false } };
  const removed = {
    patient,
    facility,
    'occurrence.type': 'suturesRemoved',
    state: counting,
    $or: [...later(removedOn), ...later('on').map((one) => ({ ...onItsDay, ...one }))],
  };
  const found = await Promise.all([
    VisitModel.exists({ patient, facility, $or: later('on') }),
    HospitalEventModel.exists(removed as QueryFilter<HospitalEvent>),
  ]);
  return found.some((one) => one !== null);
}

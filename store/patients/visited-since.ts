/** Whether a patient has come again: a chain that asks after whoever stays away must know of visits in other episodes. */
import { VisitModel } from './care-records.ts';

/**
 * @param day local date of the last visit that the chain knows of
 * @param chain its key: facility and number of the episode. Of two episodes with a visit on the same day the later number counts
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
  return (await VisitModel.exists({ patient, facility, ...later })) !== null;
}

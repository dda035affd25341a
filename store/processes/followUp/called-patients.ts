/** Patients who are on record as reached by a call, drawn by lot. */
import { drawn } from '../../patients/sampling.ts';
import { FollowUpModel } from './follow-up-store.ts';

/** @param since instant from which on the call ended */
export async function drawCalledPatients(
  facility: string,
  since: string,
  lot: string,
  size: number,
): Promise<string[]> {
  const patients = FollowUpModel.aggregate<{ _id: string }>([
    {
      $match: {
        facility,
        updatedAt: { $gte: since },
        touches: { $elemMatch: { channel: 'call', state: 'reached', endedAt: { $gte: since } } },
      },
    },
    { $group: { _id: '$patient' } },
  ]).cursor();
  return (await drawn(patients, ({ _id }) => _id, lot, size)).map(({ _id }) => _id);
}

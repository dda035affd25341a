/** Random sample of patients who were reached by a call. */
import { drawn } from '../../patients/sampling.ts';
import { FollowUpModel } from './follow-up-store.ts';

/** @param since lower bound of the end of the call */
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

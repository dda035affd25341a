/** Which instances wait for a BPMN signal. */
import { InstanceModel } from '../runtime/instances.ts';

/** Active instances, the longest running first. */
export async function findSignalTakers(name: string): Promise<{ instance: string; facility: string }[]> {
  const rows = await InstanceModel.collection
    .find({ status: 'active', signals: name }, { projection: { _id: 1, facility: 1 } })
    .sort({ startedAt: 1 })
    .toArray();
  return rows.map((row) => ({ instance: String(row._id), facility: String(row['facility']) }));
}

/** Which instances wait for a BPMN signal. */
import { InstanceModel } from './instances.ts';

/** Workflow ids of active instances, the longest running first. */
export async function findSignalTakers(name: string): Promise<string[]> {
  const rows = await InstanceModel.collection
    .find({ status: 'active', signals: name }, { projection: { _id: 1 } })
    .sort({ startedAt: 1 })
    .toArray();
  return rows.map((row) => String(row._id));
}

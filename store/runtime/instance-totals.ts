/** Number of matching instances, in total and grouped by a property. */
import type { PipelineStage } from 'mongoose';
import { filterOf, type InstanceFilter } from './instance-filter.ts';
import { InstanceModel } from './instances.ts';

export type TotalsBy = 'process' | 'version' | 'stage' | 'element' | 'facility' | 'status' | 'incidentCode';

export interface InstanceTotals {
  total: number;
  /** By an incident. */
  stopped: number;
  overdue: number;
}

export type TotalsGroup = InstanceTotals & { value: string | number | null };

const stopped = { $gt: [{ $size: { $ifNull: ['$incidents', []] } }, 0] };
const counted = {
  total: { $sum: 1 },
  stopped: { $sum: { $cond: [stopped, 1, 0] } },
  overdue: { $sum: { $cond: [{ $eq: ['$overdue', true] }, 1, 0] } },
} as const;

export async function countInstances(filter: InstanceFilter): Promise<InstanceTotals> {
  const [found] = await InstanceModel.aggregate<InstanceTotals>([
    { $match: filterOf(filter) },
    { $group: { _id: null, ...counted } },
    { $project: { _id: 0 } },
  ]);
  return found ?? { total: 0, stopped: 0, overdue: 0 };
}

/** Largest group first. An instance that waits at several elements counts at each. */
export async function groupInstances(filter: InstanceFilter, by: TotalsBy, limit: number): Promise<TotalsGroup[]> {
  return InstanceModel.aggregate<TotalsGroup>([
    { $match: filterOf(filter) },
    ...valuesOf(by),
    { $group: { _id: '$value', ...counted } },
    { $project: { _id: 0, value: '$_id', total: 1, stopped: 1, overdue: 1 } },
    { $sort: { total: -1, value: 1 } },
    { $limit: limit },
  ]);
}

/** One row per instance and value. */
function valuesOf(by: TotalsBy): PipelineStage.FacetPipelineStage[] {
  const kept = { incidents: 1, overdue: 1 } as const;
  if (by !== 'element' && by !== 'incidentCode')
    return [{ $project: { ...kept, value: `$${by === 'version' ? 'definition.version' : by}` } }];
  const [list, field] = by === 'element' ? ['waits', 'element'] : ['incidents', 'code'];
  return [
    { $project: { ...kept, list: `$${list}` } },
    { $unwind: '$list' },
    {
      $group: {
        _id: { id: '$_id', value: `$list.${field}` },
        incidents: { $first: '$incidents' },
        overdue: { $first: '$overdue' },
      },
    },
    { $project: { ...kept, value: '$_id.value' } },
  ];
}

/** Versions of the matching instances, with the number of each. */
export async function countByVersionAmong(
  filter: InstanceFilter,
): Promise<{ process: string; version: number; instances: number }[]> {
  return InstanceModel.aggregate<{ process: string; version: number; instances: number }>([
    { $match: filterOf(filter) },
    { $group: { _id: { process: '$process', version: '$definition.version' }, instances: { $sum: 1 } } },
    { $project: { _id: 0, process: '$_id.process', version: '$_id.version', instances: 1 } },
    { $sort: { process: 1, version: -1 } },
  ]);
}

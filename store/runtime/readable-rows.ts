/** Rows of a process's own collection, as far as somebody may read their instance: the same question as for lists of instances. */
import type { PipelineStage } from 'mongoose';
import { type InstanceSource, sourceFilter } from './instance-filter.ts';
import { InstanceModel } from './instances.ts';

export interface RowAccess {
  /** Facilities all of whose rows are read; undefined: of the whole group. */
  all: readonly string[] | undefined;
  /** Elsewhere: of instances that are found in these ways. */
  sources: InstanceSource[];
  /** Elsewhere: rows with these fields. */
  own?: Record<string, unknown>;
}

/**
 * Stages that keep what may be read, of documents with `facility` and `instance`.
 * @param facilities which the stages before have narrowed the documents to; absent: none
 */
export function readableRows({ all, sources, own }: RowAccess, facilities?: readonly string[]): PipelineStage[] {
  if (all === undefined || facilities?.every((one) => all.includes(one))) return [];
  const from = InstanceModel.collection.name;
  const pipeline = [{ $match: sourceFilter(sources) }, { $project: { _id: 1 } }];
  return [
    { $lookup: { from, localField: 'instance', foreignField: '_id', pipeline, as: 'readable' } },
    { $match: { $or: [{ facility: { $in: [...all] } }, { readable: { $ne: [] } }, ...(own ? [own] : [])] } },
    { $unset: 'readable' },
  ] as PipelineStage[];
}

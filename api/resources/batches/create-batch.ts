/** Beginning a batch of changes: which instances it is about is found once and noted; the workflow `batch` does the rest. */
import type { MigrationOptions } from '../../../engine/migrate/types.ts';
import type { ElementInstruction } from '../../../engine/modify/types.ts';
import {
  type BatchRow,
  type BatchTargets,
  findBatch,
  findBatchTargets,
  openBatch,
} from '../../../store/runtime/batches.ts';
import type { Deps } from '../../http/deps.ts';
import { ProblemError } from '../../http/problem.ts';

export interface Batch {
  id: string;
  dryRun: boolean;
  search: BatchTargets;
  change:
    | { kind: 'migrate'; toVersion: number; toHash: string; options: MigrationOptions }
    | { kind: 'modify'; instructions: ElementInstruction[] };
  by: { id: string; role: string };
}

const maxInstances = 10_000;

/** Begins it, or has it taken up again; returns after its end or a few seconds. */
export async function workOff({ processes }: Pick<Deps, 'processes'>, batch: Batch): Promise<void> {
  if (!(await findBatch(batch.id))) await openBatch(...(await newBatch(batch)));
  await processes.workOff(batch.id);
}

async function newBatch({ id, dryRun, search, change, by }: Batch): Promise<[BatchRow, string[]]> {
  const instances = await findBatchTargets(search, maxInstances + 1);
  if (instances.length > maxInstances) throw tooMany();
  const { process, version, facility } = search;
  const payload = change.kind === 'migrate' ? change.options : change.instructions;
  const to = change.kind === 'migrate' ? { toVersion: change.toVersion, toHash: change.toHash } : {};
  const about = {
    kind: change.kind,
    process,
    version,
    ...(facility !== undefined && { facility }),
    ...to,
    payload: JSON.stringify(payload),
    dryRun,
  };
  const startedAt = new Date().toISOString();
  return [{ _id: id, ...about, total: instances.length, startedAt, startedBy: by.id, role: by.role }, instances];
}

function tooMany(): ProblemError {
  return new ProblemError({
    status: 422,
    code: 'too-many',
    detail: `More than ${maxInstances} running instances are of this version; nothing was begun.`,
    hint: 'Name a facility, a stage or ids in "filter", and begin several batches.',
  });
}

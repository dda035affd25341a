/** Creates a batch: the selected instances are determined once and stored; the workflow `batch` processes them. */
import type { MigrationOptions } from '../../../engine/migrate/types.ts';
import type { Variables } from '../../../engine/model/plan.ts';
import type { ElementInstruction } from '../../../engine/modify/types.ts';
import { type BatchRow, findBatch, openBatch } from '../../../store/runtime/batches.ts';
import type { InstanceFilter } from '../../../store/runtime/instance-filter.ts';
import { findInstanceIds } from '../../../store/runtime/instances.ts';
import type { Deps } from '../../http/deps.ts';
import { ProblemError } from '../../http/problem.ts';
import { type AskedFilter, instanceFilterOf } from '../instances/filter.ts';

export type BatchChange =
  | { kind: 'migrate'; toVersion: number; toHash: string; options: MigrationOptions }
  | { kind: 'modify'; instructions: ElementInstruction[] }
  | { kind: 'retry' }
  | { kind: 'skip'; reason: string; variables?: Variables | undefined }
  | { kind: 'cancel'; reason: string }
  | { kind: 'variables'; variables: Variables; retry: boolean };

export interface Batch {
  id: string;
  dryRun: boolean;
  filter: AskedFilter;
  change: BatchChange;
  by: { id: string; role: string };
  /** Throws when these may not be selected. Asked of what was selected, as more may match by then. */
  admit?(instances: readonly string[]): Promise<void>;
}

export const maxInstances = 10_000;

/** Starts or resumes the workflow; returns when it ends or after a few seconds. */
export async function workOff({ processes }: Pick<Deps, 'processes'>, batch: Batch): Promise<void> {
  if (!(await findBatch(batch.id))) await openBatch(...(await newBatch(batch)));
  await processes.workOff(batch.id);
}

/** Whether the act is about incidents, so that instances without one are left as they are. */
export const onIncidents = (kind: BatchChange['kind']): boolean => kind === 'retry' || kind === 'skip';

/** Running instances selected by the filter; acts on incidents select those with one. */
export async function targetsOf(filter: AskedFilter, kind: BatchChange['kind']): Promise<InstanceFilter> {
  const { facility } = filter;
  return {
    ...(await instanceFilterOf({ ...filter, status: 'active', ...(onIncidents(kind) && { incident: true }) })),
    sources: [{ by: 'facility', ...(facility !== undefined && { facility }) }],
  };
}

async function newBatch({ id, dryRun, filter, change, by, admit }: Batch): Promise<[BatchRow, string[]]> {
  const instances = await findInstanceIds(await targetsOf(filter, change.kind), maxInstances + 1);
  if (instances.length > maxInstances) throw tooMany();
  await admit?.(instances);
  const { process, version, facility } = filter;
  const to = change.kind === 'migrate' ? { toVersion: change.toVersion, toHash: change.toHash } : {};
  const about = {
    kind: change.kind,
    ...(process !== undefined && { process }),
    ...(version !== undefined && { version }),
    ...(facility !== undefined && { facility }),
    ...to,
    payload: JSON.stringify(payloadOf(change, filter)),
    filter: JSON.stringify(filter),
    dryRun,
  };
  const startedAt = new Date().toISOString();
  return [{ _id: id, ...about, total: instances.length, startedAt, startedBy: by.id, role: by.role }, instances];
}

function payloadOf(change: BatchChange, { element, incidentCode }: AskedFilter): object {
  if (change.kind === 'migrate') return change.options;
  if (change.kind === 'modify') return change.instructions;
  const { kind: _, ...act } = change;
  return { ...act, element, incidentCode };
}

function tooMany(): ProblemError {
  return new ProblemError({
    status: 422,
    code: 'too-many',
    detail: `The filter matches more than ${maxInstances} running instances; no batch was created.`,
    hint: 'Name a facility, a stage, an element or ids in "filter", and create several batches.',
  });
}

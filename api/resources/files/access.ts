/** Upload targets, and who may see a file. */
import type { Plan } from '../../../engine/model/plan.ts';
import { findPinnedPlan, findPlan } from '../../../store/definitions/plans.ts';
import { type FileRow, findFile, isFileOf } from '../../../store/files/files.ts';
import { findInstance } from '../../../store/runtime/instances.ts';
import type { InstanceRow } from '../../../store/runtime/rows.ts';
import { noteDetails, noteSubject } from '../../http/audit.ts';
import { mayAct, mayReadFile, type Person } from '../../http/policy.ts';
import { forbidden, invalid, notFound } from '../../http/problem.ts';
import { readableInstance } from '../instances/access.ts';
import { startableBy } from '../starts/startable.ts';
import { visibleTask } from '../tasks/task-acts.ts';
import type { UploadQuery } from './schemas.ts';

export interface Destination {
  facility: string;
  /** Attached to this instance at once; absent: pending until its form is submitted. */
  instance?: string;
}

/** @throws ProblemError before the body is read */
export async function destinationOf(query: UploadQuery, person: Person): Promise<Destination> {
  const { task, process, facility, instance } = query;
  const named = [task, process, instance].filter((one) => one !== undefined).length;
  if (named !== 1 || (process === undefined) !== (facility === undefined))
    throw invalid([
      {
        path: 'query',
        code: 'invalid_union',
        message: 'Name one of "task", "instance", or "process" with "facility".',
      },
    ]);
  if (task !== undefined) return ofTask(task, person);
  if (instance !== undefined) {
    const row = await readableInstance(instance, person);
    return { facility: row.facility, instance: row._id };
  }
  return ofStart(process ?? '', facility ?? '', person);
}

async function ofTask(id: string, person: Person): Promise<Destination> {
  const row = await visibleTask(id, person);
  const allowed = mayAct(person, row, 'complete');
  if (!allowed.ok) throw forbidden(allowed.code, allowed.detail, allowed.hint);
  if (row.status !== 'open') throw notFound(`open task ${id}`);
  return { facility: row.facility };
}

async function ofStart(process: string, facility: string, person: Person): Promise<Destination> {
  const found = await findPlan<Plan>(process);
  const startable = found && (await startableBy(person, process, found.version));
  if (!startable?.startableAt.includes(facility))
    throw notFound(`process ${process} that you may start at ${facility}`);
  return { facility };
}

/** @throws ProblemError 404, the same for a file that does not exist and one that this person may not see */
export const readableFile = async (id: string, person: Person): Promise<FileRow> => (await fileOf(id, person)).row;

/** With its instance, as `readableFile`. */
export async function fileOf(id: string, person: Person): Promise<{ row: FileRow; owner: InstanceRow | undefined }> {
  const row = await findFile(id);
  noteSubject({ kind: 'files', id }, row?.facility);
  if (!row) throw notFound(`file ${id}`);
  const at = row.instance ?? row.beginning?.instance;
  const instance = at === undefined ? null : await findInstance(at);
  const owner = instance && isFileOf(row, instance) ? instance : undefined;
  if (owner) noteDetails({ instance: owner._id });
  if (!mayReadFile(person, row, owner)) throw notFound(`file ${id}`);
  return { row, owner };
}

/** Roles that lead the process of an instance. */
export async function leadersOf({ definition: { key, version, hash } }: InstanceRow): Promise<readonly string[]> {
  const plan = await findPinnedPlan<Plan>(key, version, hash);
  return plan?.profile?.leaderGroups ?? [];
}

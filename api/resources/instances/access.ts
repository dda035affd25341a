/** Loads one instance for a person who may read it, or operate at its facility. */
import { findInstance } from '../../../store/runtime/instances.ts';
import type { InstanceRow } from '../../../store/runtime/rows.ts';
import { noteSubject } from '../../http/audit.ts';
import { covers, mayRead, type Person } from '../../http/policy.ts';
import { notFound } from '../../http/problem.ts';
import { roleMissing } from '../../http/role-missing.ts';
import type { Asked } from '../../http/route.ts';

/** @throws ProblemError 404, the same for an instance that does not exist and one that this person may not read */
export async function readableInstance(id: string, person: Person): Promise<InstanceRow> {
  const row = await findInstance(id);
  noteSubject({ kind: 'instances', id }, row?.facility);
  if (!row || !mayRead(person, row)) throw notFound(`instance ${id}`);
  return row;
}

/** @throws ProblemError 404; 403 for a person who may read it but does not operate at its facility */
export async function operableInstance(
  id: string,
  { person, reach }: Pick<Asked, 'person' | 'reach'>,
): Promise<InstanceRow> {
  const row = await readableInstance(id, person);
  if (covers(reach, row.facility)) return row;
  throw await roleMissing({ duty: 'operate' }, row.facility);
}

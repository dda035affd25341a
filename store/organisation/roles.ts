/** The roles of the group: the one list of them. Seeded from definitions/organisation/roles.json. */
import mongoose from 'mongoose';
import { anyJson, rowSchema } from '../db/schema.ts';

/** What a role does for processes of every kind, besides the tasks that diagrams give it. */
export type Duty =
  /** Runs the installation: deploys, corrects, migrates. */
  | 'operate'
  /** Watches over all processes of its facilities. */
  | 'oversee'
  /** Brings what patients and partners tell to the process that waits for it. */
  | 'inform'
  /** Looks after patients: reads their records, with numbers masked. */
  | 'care'
  /** Tells of patients in the name of the hospital's own system, and imports their records. */
  | 'supply'
  /** Reads the audit trail of its facilities. */
  | 'audit'
  /** Adds and changes people, and gives them roles. */
  | 'administer';

export interface Role {
  /** As diagrams name it in candidate groups. */
  _id: string;
  name: string;
  englishName: string;
  /** Held at a facility, or once for the whole group. */
  scope: 'facility' | 'group';
  duties: Duty[];
  /** With the duty `administer`: the roles that are given by it; `*`: all. */
  gives?: string[];
}

const schema = rowSchema<Role>({ name: String, englishName: String, scope: String, duties: anyJson, gives: anyJson });

export const RoleModel = mongoose.model<Role>('roles', schema, 'roles');

/** By id. */
export async function listRoles(): Promise<Role[]> {
  return RoleModel.find().sort({ _id: 1 }).lean<Role[]>();
}

export async function saveRole(role: Role): Promise<void> {
  const { _id, ...fields } = role;
  await RoleModel.updateOne({ _id }, { $set: fields }, { upsert: true });
}

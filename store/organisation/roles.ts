/** The roles of the group. Seeded from definitions/organisation/roles.json. */
import mongoose from 'mongoose';
import { anyJson, rowSchema } from '../db/schema.ts';

/** Duties: what a role does in all processes, besides the tasks that diagrams assign to it. */
export type Duty =
  /** Operates the installation: deploys, corrects, migrates. */
  | 'operate'
  /** Oversees all processes of its facilities. */
  | 'oversee'
  /** Publishes messages of patients and partners to waiting processes. */
  | 'inform'
  /** Looks after patients: reads their records, with masked numbers. */
  | 'care'
  /** Reports hospital events on behalf of the hospital's systems, and imports records. */
  | 'supply'
  /** Reads the audit trail of its facilities. */
  | 'audit'
  /** Administers people and their roles. */
  | 'administer';

export interface Role {
  /** Id as used in candidate groups. */
  _id: string;
  name: string;
  englishName: string;
  /** Held per facility, or for the whole group. */
  scope: 'facility' | 'group';
  duties: Duty[];
  /** With the duty `administer`: roles its holders may grant; `*`: all. */
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

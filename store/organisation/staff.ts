/** The people who work here: their roles per facility and how they log in. */
import mongoose from 'mongoose';
import { anyJson, rowSchema } from '../db/schema.ts';
import type { RoleAt } from './role-at.ts';
import { removeSessionsOf } from './sessions.ts';

export interface Staff {
  /** Staff id, for instance `cs-director-bj`; also the login. */
  _id: string;
  name: string;
  roles: RoleAt[];
  /** scrypt, salted; see api/http/passwords.ts. */
  passwordHash: string;
  active: boolean;
}

const schema = rowSchema<Staff>({ name: String, roles: anyJson, passwordHash: String, active: Boolean });
schema.index({ 'roles.role': 1, 'roles.facility': 1 });

export const StaffModel = mongoose.model<Staff>('staff', schema, 'staff');

export async function findStaff(id: string): Promise<Staff | null> {
  return StaffModel.findById(id).lean<Staff>();
}

export async function findByLogin(login: string): Promise<Staff | null> {
  return StaffModel.findOne({ _id: login, active: true }).lean<Staff>();
}

/** Who holds a role at a facility or for the whole group, by id. */
export async function findByRole(facility: string, role: string): Promise<Staff[]> {
  return StaffModel.find({ active: true, roles: { $elemMatch: { role, facility: { $in: [facility, '*'] } } } })
    .sort({ _id: 1 })
    .lean<Staff[]>();
}

/** Names by id, for showing who did something. */
export async function findNames(ids: string[]): Promise<Record<string, string>> {
  if (ids.length === 0) return {};
  const rows = await StaffModel.find({ _id: { $in: [...new Set(ids)] } }, { name: 1 }).lean<
    Pick<Staff, '_id' | 'name'>[]
  >();
  return Object.fromEntries(rows.map((row) => [row._id, row.name]));
}

/** Sessions carry name and roles, so a change ends those of the person. */
export async function saveStaff(staff: Staff): Promise<void> {
  const { _id, ...fields } = staff;
  await StaffModel.updateOne({ _id }, { $set: fields }, { upsert: true });
  await removeSessionsOf(_id);
}

/** Active people by id. */
export async function findStaffByIds(ids: string[]): Promise<Staff[]> {
  if (ids.length === 0) return [];
  return StaffModel.find({ _id: { $in: ids }, active: true }).lean<Staff[]>();
}

/** Active people with any role at a facility or for the whole group. */
export async function listStaffAt(facility: string): Promise<Staff[]> {
  return StaffModel.find({ active: true, 'roles.facility': { $in: [facility, '*'] } })
    .sort({ _id: 1 })
    .lean<Staff[]>();
}

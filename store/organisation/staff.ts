/** People: their roles per facility and their credentials. */
import mongoose, { type QueryFilter } from 'mongoose';
import { anyJson, escapeRegExp, isDuplicateKey, rowSchema } from '../db/schema.ts';
import { removePasswordLinks } from './password-links.ts';
import { holding, type RoleAt } from './role-at.ts';
import { removeSessionsOf } from './sessions.ts';

export interface Staff {
  /** Staff id, for instance `cs-director-bj`; also the login. Permanent, as journals and the audit trail refer to it. */
  _id: string;
  name: string;
  roles: RoleAt[];
  /** Salted scrypt (api/http/passwords.ts); empty: not set yet. */
  passwordHash: string;
  active: boolean;
  /** Revision counter for optimistic locking. */
  revision?: number;
  /** Invented, for demos (`./careloop start`). */
  demo?: boolean;
  /** When the name was removed. */
  pseudonymisedAt?: string;
}

const schema = rowSchema<Staff>({
  name: String,
  roles: anyJson,
  passwordHash: String,
  active: Boolean,
  revision: Number,
  demo: Boolean,
  pseudonymisedAt: String,
});
schema.index({ 'roles.role': 1, 'roles.facility': 1 });

export const StaffModel = mongoose.model<Staff>('staff', schema, 'staff');

export async function findStaff(id: string): Promise<Staff | null> {
  return StaffModel.findById(id).lean<Staff>();
}

export async function findByLogin(login: string): Promise<Staff | null> {
  return StaffModel.findOne({ _id: login, active: true }).lean<Staff>();
}

/** Current holders of a role, at a facility or for the whole group, by id. */
export async function findByRole(facility: string, role: string): Promise<Staff[]> {
  const held = holding([role], [facility, '*'], new Date().toISOString());
  return StaffModel.find({ active: true, ...held } as QueryFilter<Staff>)
    .sort({ _id: 1 })
    .lean<Staff[]>();
}

/** Whether there are only invented people. */
export async function hasOnlyDemoStaff(): Promise<boolean> {
  return (await StaffModel.exists({ demo: { $ne: true } })) === null;
}

/** Names by id, for display. */
export async function findNames(ids: string[]): Promise<Record<string, string>> {
  if (ids.length === 0) return {};
  const rows = await StaffModel.find({ _id: { $in: [...new Set(ids)] } }, { name: 1 }).lean<
    Pick<Staff, '_id' | 'name'>[]
  >();
  return Object.fromEntries(rows.map((row) => [row._id, row.name]));
}

/** Of everybody: a few hundred, for searches that the database cannot do. */
export async function listStaffNames(): Promise<Pick<Staff, '_id' | 'name'>[]> {
  return StaffModel.find({}, { name: 1 }).lean<Pick<Staff, '_id' | 'name'>[]>();
}

export interface StaffSearch {
  /** Only people with a past, current or future role there; absent: everybody. */
  facilities?: string[];
  role?: string;
  active?: boolean;
  /** Prefix of an id, or part of a name. */
  q?: string;
  /** Also matched by `q`. */
  orIds?: string[];
  /** The last id of the previous page. */
  after?: string;
  limit: number;
}

/** By id. */
export async function listStaff({
  facilities,
  role,
  active,
  q,
  orIds = [],
  after,
  limit,
}: StaffSearch): Promise<Staff[]> {
  const at = { ...(facilities && { facility: { $in: facilities } }), ...(role !== undefined && { role }) };
  const text = q === undefined ? undefined : escapeRegExp(q);
  const filter = {
    ...(Object.keys(at).length > 0 && { roles: { $elemMatch: at } }),
    ...(active !== undefined && { active }),
    ...(text !== undefined && {
      $or: [{ _id: { $regex: `^${text}` } }, { name: { $regex: text } }, { _id: { $in: orIds } }],
    }),
    ...(after !== undefined && { _id: { $gt: after } }),
  } as QueryFilter<Staff>;
  return StaffModel.find(filter).sort({ _id: 1 }).limit(limit).lean<Staff[]>();
}

/** Whether an enabled person holds one of these roles for the whole group, now and without end. */
export async function somebodyHolds(roles: string[]): Promise<boolean> {
  const held = { roles: { $elemMatch: { role: { $in: roles }, facility: '*', until: { $exists: false } } } };
  const now = new Date().toISOString();
  const people = await StaffModel.find({ active: true, ...held } as QueryFilter<Staff>).lean<Staff[]>();
  return people.some((one) =>
    one.roles.some(
      (role) =>
        roles.includes(role.role) &&
        role.facility === '*' &&
        role.until === undefined &&
        (role.from === undefined || role.from <= now),
    ),
  );
}

/** @returns false when the id is taken */
export async function addStaff(staff: Staff): Promise<boolean> {
  try {
    await StaffModel.create(staff);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/**
 * Changes a person with optimistic locking. Ends their sessions, which carry name and roles, and invalidates password
 * links, which were issued under the previous rights.
 * @returns false when the person was changed concurrently
 */
export async function changeStaff(
  { _id, revision }: Staff,
  change: Partial<Omit<Staff, '_id' | 'revision'>>,
): Promise<boolean> {
  const seen = { _id, revision: revision ?? { $exists: false } } as QueryFilter<Staff>;
  const { matchedCount } = await StaffModel.updateOne(seen, { $set: change, $inc: { revision: 1 } });
  if (matchedCount === 0) return false;
  await Promise.all([removeSessionsOf(_id), removePasswordLinks(_id)]);
  return true;
}

/** Rehash of the same password with another cost. */
export async function renewDigest(id: string, before: string, passwordHash: string): Promise<void> {
  await StaffModel.updateOne({ _id: id, passwordHash: before }, { $set: { passwordHash } });
}

/** Inserts or replaces a person. */
export async function saveStaff(staff: Staff): Promise<void> {
  const { _id, revision: _, ...fields } = staff;
  await StaffModel.updateOne({ _id }, { $set: fields, $inc: { revision: 1 } }, { upsert: true });
  await Promise.all([removeSessionsOf(_id), removePasswordLinks(_id)]);
}

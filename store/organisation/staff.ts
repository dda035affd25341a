/** The people who work here: their roles per facility and how they log in. */
import mongoose, { type QueryFilter } from 'mongoose';
import { anyJson, escapeRegExp, isDuplicateKey, rowSchema } from '../db/schema.ts';
import { removePasswordLinks } from './password-links.ts';
import { holding, type RoleAt } from './role-at.ts';
import { removeSessionsOf } from './sessions.ts';

export interface Staff {
  /** Staff id, for instance `cs-director-bj`; also the login. Stays for good: journals and the audit trail name it. */
  _id: string;
  name: string;
  roles: RoleAt[];
  /** scrypt, salted (api/http/passwords.ts); empty: none is set yet. */
  passwordHash: string;
  active: boolean;
  /** How often the person was changed: a change is made to what was looked at, or not at all. */
  revision?: number;
  /** Invented, for trying things out (`./careloop start`). */
  demo?: boolean;
  /** When the name was taken away. */
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

/** Who holds a role now, at a facility or for the whole group, by id. */
export async function findByRole(facility: string, role: string): Promise<Staff[]> {
  const held = holding([role], [facility, '*'], new Date().toISOString());
  return StaffModel.find({ active: true, ...held } as QueryFilter<Staff>)
    .sort({ _id: 1 })
    .lean<Staff[]>();
}

/** Whether nobody is here but those who were invented. */
export async function hasOnlyDemoStaff(): Promise<boolean> {
  return (await StaffModel.exists({ demo: { $ne: true } })) === null;
}

/** Names by id, for showing who did something. */
export async function findNames(ids: string[]): Promise<Record<string, string>> {
  if (ids.length === 0) return {};
  const rows = await StaffModel.find({ _id: { $in: [...new Set(ids)] } }, { name: 1 }).lean<
    Pick<Staff, '_id' | 'name'>[]
  >();
  return Object.fromEntries(rows.map((row) => [row._id, row.name]));
}

/** Of everybody: some hundreds, for searches that the database cannot do. */
export async function listStaffNames(): Promise<Pick<Staff, '_id' | 'name'>[]> {
  return StaffModel.find({}, { name: 1 }).lean<Pick<Staff, '_id' | 'name'>[]>();
}

export interface StaffSearch {
  /** Only who has a role there, now or at another time; absent: everybody. */
  facilities?: string[];
  role?: string;
  active?: boolean;
  /** The beginning of an id, or a part of a name. */
  q?: string;
  /** Found by `q` as well. */
  orIds?: string[];
  /** The last id of the page before. */
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

/** Whether somebody who can log in holds one of these roles for the whole group, now and for good. */
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

/** @returns false: the id is taken */
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
 * Changes the person who was looked at. Sessions carry name and roles, and links for passwords were given out by who might do so then:
 * both end.
 * @returns false: somebody else has changed the person meanwhile
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

/** The same password at another cost: nothing changes for the person. */
export async function renewDigest(id: string, before: string, passwordHash: string): Promise<void> {
  await StaffModel.updateOne({ _id: id, passwordHash: before }, { $set: { passwordHash } });
}

/** Puts a person in place as they are here, whatever was there. */
export async function saveStaff(staff: Staff): Promise<void> {
  const { _id, revision: _, ...fields } = staff;
  await StaffModel.updateOne({ _id }, { $set: fields, $inc: { revision: 1 } }, { upsert: true });
  await Promise.all([removeSessionsOf(_id), removePasswordLinks(_id)]);
}

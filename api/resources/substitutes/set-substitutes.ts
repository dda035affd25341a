/** Validates and saves the substitutes of a person. */
import { addDays } from '../../../engine/time/date.ts';
import { instantOf } from '../../../engine/time/zone.ts';
import { rolesHeldAt } from '../../../store/organisation/role-at.ts';
import { findStaff, type Staff } from '../../../store/organisation/staff.ts';
import { type Substitute, saveSubstitutes } from '../../../store/organisation/substitutes.ts';
import { noteDetails } from '../../http/audit.ts';
import { type FieldError, invalid } from '../../http/problem.ts';
import type { GivenSubstitute } from './schemas.ts';

/** Longer absences are handled with roles. */
const mostDays = 366;

/**
 * @param zone of the dates
 * @throws ProblemError 422 for people who cannot be substitutes, and dates out of order
 */
export async function setSubstitutes(
  away: Pick<Staff, '_id' | 'roles'>,
  given: GivenSubstitute[],
  zone: string,
): Promise<Substitute[]> {
  const errors = await Promise.all(given.map((one, index) => wrongOf(away, one, `body.items.${index}`)));
  const wrong = errors.flatMap((one) => one ?? []);
  if (wrong.length > 0) throw invalid(wrong, 422);
  const startOf = (day: string) => instantOf(`${day}T00:00:00`, zone);
  const items = given.map((one) => ({ ...one, begins: startOf(one.from), ends: startOf(addDays(one.until, 1)) }));
  noteDetails({ substitutes: given });
  await saveSubstitutes(away._id, items);
  return items;
}

async function wrongOf(
  away: Pick<Staff, '_id' | 'roles'>,
  { substitute, from, until }: GivenSubstitute,
  path: string,
): Promise<FieldError | undefined> {
  const wrong = (field: string, code: string, message: string) => ({ path: `${path}.${field}`, code, message });
  if (until < from) return wrong('until', 'before_from', 'Not before "from".');
  if (until > addDays(from, mostDays)) return wrong('until', 'too_long', `At most ${mostDays} days after "from".`);
  if (substitute === away._id) return wrong('substitute', 'oneself', 'A person cannot be their own substitute.');
  const staff = await findStaff(substitute);
  if (!staff?.active || !workTogether(away, staff))
    return wrong('substitute', 'no_colleague', `${substitute} does not work at a facility of ${away._id}.`);
  return undefined;
}

function workTogether(away: Pick<Staff, 'roles'>, other: Staff): boolean {
  const now = new Date().toISOString();
  const held = rolesHeldAt(other.roles, now).map(({ facility }) => facility);
  const own = rolesHeldAt(away.roles, now).map(({ facility }) => facility);
  return held.length > 0 && (held.includes('*') || own.includes('*') || own.some((one) => held.includes(one)));
}

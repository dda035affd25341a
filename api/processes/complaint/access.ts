/** Who may register complaints, and who may read the intake. */
import { maySee, type Person, rolesAt } from '../../http/policy.ts';

/** Any employee may register a complaint at a facility they belong to (docs/domain.md#complaint-lifecycle, step 1). */
export function mayRegister(person: Person, facility: string): boolean {
  return maySee(person, facility);
}

const textRoles: readonly string[] = [
  'handler',
  'cs-director',
  'cs-general-director',
  'department-head',
  'president',
  'medical-affairs',
  'group-medical-affairs',
  'gm-office',
  'gm',
  'legal',
];

/** The intake is visible to those who work on or judge the case, and to the person who registered it. */
export function maySeeTexts(person: Person, complaint: { facility: string; registeredBy?: string }): boolean {
  if (complaint.registeredBy === person.id && maySee(person, complaint.facility)) return true;
  return rolesAt(person, complaint.facility).some((role) => textRoles.includes(role));
}

/** Facilities in whose intakes this person may search; undefined: all. */
export function textFacilities(person: Person): string[] | undefined {
  const held = person.roles.filter((one) => textRoles.includes(one.role));
  if (held.some((one) => one.facility === '*')) return undefined;
  return [...new Set(held.map((one) => one.facility))];
}

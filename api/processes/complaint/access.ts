/** Who may register complaints, and who may read cases and their intake. */
import type { RowAccess } from '../../../store/runtime/readable-rows.ts';
import { type InstanceRights, mayRead, maySee, type Person, readableRows, rolesAt } from '../../http/policy.ts';

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

type Case = { facility: string; intake?: { registeredBy: string } };

/** A case is visible to who may read its intake or its instance. @param instance null: not created yet */
export const mayReadCase = (person: Person, { facility, intake }: Case, instance: InstanceRights | null): boolean =>
  maySeeTexts(person, { facility, ...(intake && { registeredBy: intake.registeredBy }) }) ||
  mayRead(person, instance ?? { facility });

/** The same for lists. */
export const readableCases = (person: Person, facility?: string): RowAccess => ({
  ...readableRows(person, facility, textFacilities(person)),
  own: { 'intake.registeredBy': person.id },
});

/** Facilities in whose intakes this person may search; undefined: all. */
export function textFacilities(person: Person): string[] | undefined {
  const held = person.roles.filter((one) => textRoles.includes(one.role));
  if (held.some((one) => one.facility === '*')) return undefined;
  return [...new Set(held.map((one) => one.facility))];
}

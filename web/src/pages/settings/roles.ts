/** Roles by name, and which of them somebody gives where. */
import { useQuery } from '@tanstack/react-query';
import { rolesQuery } from '../../api/settings-queries.ts';
import { usePerson } from '../../person.ts';
import { useWords } from '../../words/index.ts';

export interface RoleChoices {
  nameOf(role: string): string;
  all: { value: string; label: string }[];
  /** Those that the person may give at a facility (`*`: for the whole group). */
  givenAt(facility: string): { value: string; label: string }[];
  /** Facilities, and `*`, at which the person gives roles. */
  places: { value: string; label: string }[];
}

export function useRoles(): RoleChoices {
  const { t, named } = useWords();
  const person = usePerson();
  const roles = useQuery(rolesQuery).data?.items ?? [];
  const all = roles.map((role) => ({ value: role.id, label: named(role) }));
  const giving = person.roles.filter(({ duties }) => duties.includes('administer'));
  const gives = (role: string, facility: string): boolean =>
    giving.some((held) => {
      const given = roles.find(({ id }) => id === held.role)?.gives ?? [];
      return (held.facility === '*' || held.facility === facility) && (given.includes('*') || given.includes(role));
    });
  const ofGroup = giving.some(({ facility }) => facility === '*');
  const facilities = person.facilities.filter(({ code }) => ofGroup || giving.some((one) => one.facility === code));
  return {
    all,
    nameOf: (role) => all.find(({ value }) => value === role)?.label ?? role,
    givenAt: (facility) =>
      roles
        .filter(({ id, scope }) => (scope === 'group') === (facility === '*') && gives(id, facility))
        .map((role) => ({ value: role.id, label: named(role) })),
    places: [
      ...facilities.map((one) => ({ value: one.code, label: named(one) })),
      ...(ofGroup ? [{ value: '*', label: t('settings.group') }] : []),
    ],
  };
}

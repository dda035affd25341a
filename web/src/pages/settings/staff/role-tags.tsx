/** The roles of a person in a list; those of another time are dimmed and say which. */
import type { components } from '../../../../generated/api.d.ts';
import { useFacilityName } from '../../../parts/zone.ts';
import { dayOfInstant, lastDayBefore } from '../../../parts/zone-date.ts';
import { usePerson } from '../../../person.ts';
import { useWords } from '../../../words/index.ts';
import { useRoles } from '../roles.ts';

export function RoleTags({ roles }: { roles: components['schemas']['Person']['roles'] }) {
  const { t } = useWords();
  const { nameOf } = useRoles();
  const facilityName = useFacilityName();
  const { facilities } = usePerson();
  return (
    <ul className="plain tags">
      {roles.map(({ role, facility, from, until, now }) => {
        const zone = facilities.find(({ code }) => code === facility)?.zone ?? facilities[0]?.zone;
        const place = facility === '*' ? t('settings.group') : facilityName(facility);
        const days = [
          ...(from === undefined ? [] : [t('staff.since', { day: dayOfInstant(from, zone) })]),
          ...(until === undefined ? [] : [t('staff.until', { day: lastDayBefore(until, zone) })]),
        ].join(' ');
        return (
          <li key={`${role} ${facility} ${from} ${until}`} className={now ? 'tag met' : 'tag'}>
            {place} · {nameOf(role)}
            {days && ` · ${days}`}
          </li>
        );
      })}
    </ul>
  );
}

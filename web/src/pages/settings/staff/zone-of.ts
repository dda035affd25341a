/** By which clocks a role at a facility begins and ends; one of the whole group by those of the first facility. */
import { usePerson } from '../../../person.ts';
import type { ZoneOf } from './role-rows.ts';

export function useZoneOf(): ZoneOf {
  const { facilities } = usePerson();
  return (facility) => (facilities.find(({ code }) => code === facility) ?? facilities[0])?.zone;
}

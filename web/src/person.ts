/** The person who is logged in. */
import { createContext, useContext } from 'react';
import type { Staff } from './api/client.ts';

export const PersonContext = createContext<Staff | undefined>(undefined);

export function usePerson(): Staff {
  const person = useContext(PersonContext);
  if (!person) throw new Error('usePerson outside of PersonContext');
  return person;
}

/** Whether one of the person's roles brings the duty at the facility (or for the whole group). */
export const hasDuty = (person: Staff, duty: string, facility?: string): boolean =>
  person.roles.some(
    (held) =>
      held.duties.includes(duty) && (facility === undefined || held.facility === '*' || held.facility === facility),
  );

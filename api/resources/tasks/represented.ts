/** The people a person substitutes; loaded where tasks are listed, shown or taken over, not with every request. */
import { findRepresented } from '../../../store/organisation/substitutes.ts';
import type { Person } from '../../http/policy.ts';

export async function withRepresented(person: Person): Promise<Person> {
  const represents = await findRepresented(person.id);
  return represents.length === 0 ? person : { ...person, represents };
}

/** For whom somebody stands in: asked where tasks are found, shown or taken over, not at every request. */
import { findRepresented } from '../../../store/organisation/substitutes.ts';
import type { Person } from '../../http/policy.ts';

export async function withRepresented(person: Person): Promise<Person> {
  const represents = await findRepresented(person.id, new Date().toISOString());
  return represents.length === 0 ? person : { ...person, represents };
}

/** Search text as words; each may also match a colleague's name. */
import { rememberFor } from '../../../store/db/remember.ts';
import { listStaffNames } from '../../../store/organisation/staff.ts';
import { comparable, type SearchedWord } from '../../../store/runtime/search-keys.ts';
import { initialsOf } from '../../http/initials.ts';

const mostWords = 5;
const mostPeople = 20;
const namesKeptMs = 30_000;

const colleagues = rememberFor(namesKeptMs, async () =>
  (await listStaffNames()).map(({ _id: id, name }) => ({ id, name: comparable(name), initials: initialsOf(name) })),
);

export async function searchedWords(typed: string): Promise<SearchedWord[]> {
  const words = comparable(typed).split(/\s+/).filter(Boolean).slice(0, mostWords);
  const people = await colleagues();
  return words.map((word) => {
    const named = people.filter(({ name, initials }) => name.includes(word) || initials.startsWith(word));
    return { beginning: word, people: named.slice(0, mostPeople).map(({ id }) => id) };
  });
}

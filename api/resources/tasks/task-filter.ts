/** Task filter as a store query, limited to what the person may find. */
import { rememberFor } from '../../../store/db/remember.ts';
import { findFacility, listFacilities } from '../../../store/organisation/facilities.ts';
import type { TaskFilter, TaskSource } from '../../../store/runtime/tasks.ts';
import { groupTasks, narrowed, type Person, type Reach } from '../../http/policy.ts';
import { columnSearch } from '../columns/column-query.ts';
import { dueRange } from './due-filter.ts';
import type { TaskFilters } from './schemas.ts';
import { searchedWords } from './searched-words.ts';

/** @throws ProblemError 400 for an unknown column */
export async function taskFilterOf(
  { mine, doneByMe, group, facility, due, assignee, q, columns: parameters = {}, ...others }: TaskFilters,
  person: Person,
  reach: Reach,
): Promise<TaskFilter> {
  const columns = await columnSearch(others.process, parameters);
  const words = q === undefined ? [] : await searchedWords(q);
  // The text search index starts with the facility.
  const facilities = narrowed(reach, facility) ?? (words.length > 0 ? await facilityCodes() : undefined);
  const sources: TaskSource[] = doneByMe
    ? [{ by: 'closer', staff: person.id }]
    : mine
      ? [{ by: 'assignee', staff: person.id }]
      : group !== undefined
        ? groupTasks(person, group)
        : inboxSources(person);
  return {
    ...others,
    sources,
    ...(facilities && { facilities }),
    ...(due !== undefined && { due: dueRange(due, new Date(), await zoneFor(person, facility)) }),
    ...(assignee !== undefined && { assignees: assigneesOf(assignee, person) }),
    ...(words.length > 0 && { words }),
    ...(columns && { columns }),
  };
}

/** Assigned to me, naming me, naming only people I substitute, or of my roles at their facility. */
export const inboxSources = (person: Person): TaskSource[] => [
  { by: 'assignee', staff: person.id },
  { by: 'candidate', staff: person.id },
  ...(person.represents ?? []).map((staff): TaskSource => ({ by: 'sole', staff })),
  ...person.roles.map(
    ({ role, facility }): TaskSource => ({ by: 'group', group: role, ...(facility !== '*' && { facility }) }),
  ),
];

/** Tasks that may be done now: unassigned, mine, or of people I substitute. */
export const availableTo = ({ id, represents = [] }: Person): (string | null)[] => [null, id, ...represents];

function assigneesOf(asked: string, person: Person): (string | null)[] {
  const { id, represents = [] } = person;
  if (asked === 'none') return [null];
  if (asked === 'available') return availableTo(person);
  if (asked === 'represented') return [...represents];
  return [asked === 'me' ? id : asked];
}

const facilityCodes = rememberFor(10_000, async () => (await listFacilities()).map((one) => one._id));

/** Zone of "today": the requested facility's, otherwise the person's own, otherwise the first one. */
export async function zoneFor(person: Person, asked?: string): Promise<string> {
  const code = asked ?? person.roles.find((held) => held.facility !== '*')?.facility;
  const facility = code === undefined ? (await listFacilities())[0] : await findFacility(code);
  return facility?.zone ?? 'UTC';
}

/** Inbox counts of a person: one indexed count per number. */
import { countStartedBy } from '../../../store/runtime/instances.ts';
import { countTasks, type TaskFilter } from '../../../store/runtime/tasks.ts';
import { narrowed, type Person, type Reach } from '../../http/policy.ts';
import { dueRange } from './due-filter.ts';
import { availableTo, inboxSources, zoneFor } from './task-filter.ts';

const most = 1000;

export async function taskCountsOf(person: Person, reach: Reach) {
  const facilities = narrowed(reach);
  const at = facilities && { facilities };
  const open: TaskFilter = { sources: inboxSources(person), ...at, status: 'open', assignees: availableTo(person) };
  const [now, zone] = [new Date(), await zoneFor(person)];
  const dueIn = (band: string) => countTasks({ ...open, due: dueRange(band, now, zone) }, most);
  const done: TaskFilter = { sources: [{ by: 'closer', staff: person.id }], ...at, status: 'completed' };
  const [todo, urgent, overdue, today, week, completed, started] = await Promise.all([
    countTasks(open, most),
    countTasks({ ...open, urgent: true }, most),
    dueIn('overdue'),
    dueIn('today'),
    dueIn('week'),
    countTasks(done, most),
    countStartedBy(person.id, facilities, most),
  ]);
  return { todo, urgent, overdue, today, week, done: completed, started };
}

/** Colleagues: names by staff id, and candidates for tasks and form fields. */
import { findCandidates, findColleagues } from '../../../store/organisation/assignable.ts';
import { findNames, type Staff } from '../../../store/organisation/staff.ts';
import { initialsOf } from '../../http/initials.ts';
import { covers, mayAct } from '../../http/policy.ts';
import { forbidden, notFound } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { taskParams } from '../tasks/schemas.ts';
import { visibleTask } from '../tasks/task-acts.ts';
import { assigneeList, colleagueQuery, peopleQuery, personNames } from './schemas.ts';

const tag = 'People';

export function peopleRoutes(): Route[] {
  return [
    route({
      key: 'GET /api/people',
      access: 'staff',
      tag,
      summary: 'Names of colleagues by staff id',
      description: 'Unknown ids are omitted.',
      query: peopleQuery,
      answers: { 200: { description: 'The known ones.', schema: personNames } },
      async handle({ query }) {
        const names = await findNames(query.ids);
        return { body: { items: Object.entries(names).map(([id, name]) => ({ id, name })) } };
      },
    }),
    route({
      key: 'GET /api/colleagues',
      access: 'staff',
      tag,
      summary: 'Colleagues at a facility of yours, by role, for a form field',
      query: colleagueQuery,
      answers: { 200: { description: 'By name.', schema: assigneeList } },
      async handle({ query }, { reach }) {
        if (!covers(reach, query.facility)) throw notFound(`facility ${query.facility}`);
        const found = await findColleagues(query.facility, query.roles);
        return { body: { items: found.map(colleagueView).sort(byName) } };
      },
    }),
    route({
      key: 'GET /api/tasks/{id}/assignees',
      access: 'staff',
      tag,
      summary: 'Colleagues to whom a task can be given',
      params: taskParams,
      answers: { 200: { description: 'By name.', schema: assigneeList } },
      async handle({ params }, { person }) {
        const task = await visibleTask(params.id, person);
        const allowed = mayAct(person, task, 'assign');
        if (!allowed.ok) throw forbidden(allowed.code, allowed.detail, allowed.hint);
        return { body: { items: (await findCandidates(task)).map(colleagueView).sort(byName) } };
      },
    }),
  ];
}

const colleagueView = ({ _id: id, name }: Pick<Staff, '_id' | 'name'>) => ({ id, name, initials: initialsOf(name) });

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name, 'zh-CN');

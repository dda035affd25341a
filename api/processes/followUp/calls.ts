/** GET /api/follow-up-calls: open tasks for patients that the caller may do. */
import { findPatients } from '../../../store/patients/patients.ts';
import { findFollowUps } from '../../../store/processes/followUp/follow-up-store.ts';
import { countTasks, isUrgent, listTasks } from '../../../store/runtime/tasks.ts';
import { followUpProcess } from '../../../workflows/processes/followUp/messages.ts';
import { type Route, route } from '../../http/route.ts';
import { carers } from '../../http/route-policy.ts';
import { withRepresented } from '../../resources/tasks/represented.ts';
import { taskFilterOf } from '../../resources/tasks/task-filter.ts';
import { taskViews } from '../../resources/tasks/view.ts';
import { callQuery, callsSchema } from './schemas.ts';
import { touchView } from './touch-view.ts';

const countedUpTo = 1000;

export const callsRoute: Route = route({
  key: 'GET /api/follow-up-calls',
  access: carers,
  audit: 'sensitive',
  tag: 'Follow-up',
  summary: 'Open calls and other tasks of chains, mine or taken by nobody: emergencies first, then by date',
  query: callQuery,
  answers: { 200: { description: 'The tasks, with patient and touch.', schema: callsSchema } },
  async handle({ query }, { person, reach }) {
    const { facility, due, limit } = query;
    const asked = {
      process: followUpProcess,
      status: 'open' as const,
      assignee: 'available',
      columns: {},
      ...(facility !== undefined && { facility }),
      ...(due !== undefined && { due }),
    };
    const filter = await taskFilterOf(asked, await withRepresented(person), reach);
    const [tasks, total] = await Promise.all([listTasks({ ...filter, limit }), countTasks(filter, countedUpTo)]);
    const chains = new Map(
      (await findFollowUps(tasks.map(({ businessKey }) => businessKey))).map((one) => [one._id, one]),
    );
    const patients = new Map(
      (await findPatients([...chains.values()].map(({ patient }) => patient))).map((one) => [one._id, one]),
    );
    const englishNameOf = new Map((await taskViews(tasks)).map(({ id, englishName }) => [id, englishName]));
    const items = tasks.flatMap((task) => {
      const chain = chains.get(task.businessKey);
      if (chain?.facility !== task.facility) return [];
      const found = patients.get(chain.patient);
      const patient = found?.facility === chain.facility ? found : undefined;
      return [
        {
          task: task._id,
          name: { zh: task.name, en: englishNameOf.get(task._id) ?? task.name },
          instance: task.instance,
          chain: chain._id,
          facility: chain.facility,
          patient: chain.patient,
          ...(patient?.details.name !== undefined && { patientName: patient.details.name }),
          demo: patient?.demo ?? false,
          touches: chain.touches.filter(({ state }) => state === 'open').map(touchView),
          urgent: isUrgent(task),
          isMine: task.assignee === person.id,
          createdAt: task.createdAt,
          ...(task.dueAt !== undefined && { dueAt: task.dueAt }),
        },
      ];
    });
    return { body: { items, total } };
  },
});

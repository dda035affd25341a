/** POST /api/instances/{id}/clock: process time of a drill put forward, so that it runs as fast as the machine and not faster. */
import { findInstance } from '../../../store/runtime/instances.ts';
import { type ClockAnswer, type ClockUpdate, clockUpdate } from '../../../workflows/runtime/instance-messages.ts';
import type { Deps } from '../../http/deps.ts';
import { invalid } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { operators } from '../../http/route-policy.ts';
import { whyNoTimeScale } from '../../http/time-scale-allowed.ts';
import { operableInstance } from './access.ts';
import { sendUpdate, updateIdOf } from './instance-updates.ts';
import { actor, endedProblem, instanceView } from './routes.ts';
import { clockBody, instanceParams, processTimeSchema } from './schemas.ts';

export const clockRoute = (deps: Deps): Route =>
  route({
    key: 'POST /api/instances/{id}/clock',
    access: operators,
    tag: 'Instances',
    summary: 'Put the process time of a drill forward',
    description:
      'To an instant, or to its next timer before that: whoever repeats it goes from timer to timer. Answers when what was due then has been done; tasks that it opened stand among the waits. ' +
      'Of a clock that began in the past the end is now, when its process time becomes real time. An instance in real time is refused.',
    params: instanceParams,
    body: { schema: clockBody },
    idempotency: 'optional',
    answers: { 200: { description: 'The process time now, and the instance.', schema: processTimeSchema } },
    async handle({ params, body }, asked) {
      const row = await operableInstance(params.id, asked);
      const message = await whyNoTimeScale(deps.config);
      if (message !== undefined) throw invalid([{ path: 'body.to', code: 'not_allowed', message }], 422);
      const argument: ClockUpdate = { ...body, by: actor(asked.person) };
      const id = updateIdOf(asked.person.id, `POST /api/instances/${row._id}/clock`, body, asked.idempotencyKey);
      const update = { name: clockUpdate, argument, id };
      const answer = (await sendUpdate(deps, row._id, update, () => endedProblem(row._id))) as ClockAnswer;
      const { happened, now } = answer;
      return { body: { instance: instanceView((await findInstance(row._id)) ?? row), happened, now } };
    },
  });

/** POST /api/conditions. */

import type { Deps } from '../../http/deps.ts';
import { type Route, route } from '../../http/route.ts';
import { groupInformants } from '../../http/route-policy.ts';
import { evaluateConditions } from './evaluate-conditions.ts';
import { conditionsBody, conditionsSchema } from './schemas.ts';

export function conditionRoutes(deps: Deps): Route[] {
  return [
    route({
      key: 'POST /api/conditions',
      access: groupInformants,
      tag: 'Messages',
      summary: 'Evaluate conditional start events with these variables, and start the processes whose condition holds',
      description:
        'Uses the newest version of each definition. The response lists the started instances, the conditions that do not hold and those that cannot be evaluated. Conditional start events are evaluated by this route only.',
      body: { schema: conditionsBody },
      idempotency: 'required',
      answers: {
        200: { description: 'Evaluated; processes whose condition holds have been started.', schema: conditionsSchema },
      },
      async handle({ body }, { person, idempotencyKey }) {
        return { body: await evaluateConditions(deps, person, body, idempotencyKey) };
      },
    }),
  ];
}

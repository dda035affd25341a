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
      summary: 'Evaluate conditional start events with these variables, and begin the processes whose condition holds',
      description:
        'Looks at the newest version of each definition. The answer tells which began, which did not hold and which cannot be evaluated. Conditional start events are evaluated by this route only.',
      body: { schema: conditionsBody },
      idempotency: 'required',
      answers: { 200: { description: 'Evaluated; what held has begun.', schema: conditionsSchema } },
      async handle({ body }, { person, idempotencyKey }) {
        return { body: await evaluateConditions(deps, person, body, idempotencyKey) };
      },
    }),
  ];
}

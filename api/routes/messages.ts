/** POST /api/messages. */
import { correlate } from '../correlation.ts';
import type { Deps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { correlatedSchema, messageBody } from '../schemas/others.ts';

export function messageRoutes(deps: Deps): Route[] {
  return [
    route({
      key: 'POST /api/messages',
      tag: 'Messages',
      summary: 'Correlate a message by name and key',
      description: 'It goes to the instance that has waited longest for it, or begins a process that starts with it.',
      body: { schema: messageBody },
      idempotency: 'optional',
      answers: { 200: { description: 'Taken.', schema: correlatedSchema } },
      async handle({ body }, { person, idempotencyKey }) {
        return { body: await correlate(deps, person, body, idempotencyKey) };
      },
    }),
  ];
}

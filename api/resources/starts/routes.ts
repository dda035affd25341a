/** POST /api/instances. */
import type { Deps } from '../../http/deps.ts';
import { type Route, route } from '../../http/route.ts';
import { startBody, startedSchema } from './schemas.ts';
import { startInstance } from './start-instance.ts';

export function startRoutes(deps: Deps): Route[] {
  return [
    route({
      key: 'POST /api/instances',
      access: 'staff',
      tag: 'Instances',
      summary: 'Start an instance of a definition',
      description:
        'At its none start event, by its starter roles at their facility, with the fields of its start form; ' +
        'operators may start any definition, also with variables its start event declares. Without a business key one is allocated by its pattern. ' +
        'A repeat with the same Idempotency-Key starts nothing and returns the same response; 409 `business-key-taken` if the key was used with other content. ' +
        'Processes with start requests of their own are started by those.',
      body: { schema: startBody },
      idempotency: 'optional',
      answers: {
        200: { description: 'It had begun before.', schema: startedSchema },
        201: { description: 'Begun.', schema: startedSchema },
      },
      async handle({ body }, { person, idempotencyKey }) {
        const begun = await startInstance(deps, person, body, idempotencyKey);
        return {
          status: begun.began ? 201 : 200,
          headers: { Location: `/api/instances/${encodeURIComponent(begun.id)}` },
          body: begun,
        };
      },
    }),
  ];
}

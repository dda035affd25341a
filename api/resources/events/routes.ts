/** Changes as they happen, as server-sent events. */
import type { Deps } from '../../http/deps.ts';
import { invalid } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { withRepresented } from '../tasks/represented.ts';
import { changeSchema, eventsQuery } from './schemas.ts';
import { ChangeStreams } from './streams.ts';

export function eventRoutes(deps: Deps): Route[] {
  const streams = new ChangeStreams(deps);
  return [
    route({
      key: 'GET /api/events',
      access: 'staff',
      tag: 'Events',
      summary: 'Live changes of the tasks and instances in my lists',
      description:
        'Server-sent events: "ready" when the stream is open; "change" with the current row; "reset" when changes were missed, so that ' +
        'everything has to be reloaded; "logged-out" when the session has ended. With the header Last-Event-ID (or "after") the stream resumes ' +
        'where it broke off, for up to ten minutes. A change may be sent twice. At most ten streams per person at a time.',
      query: eventsQuery,
      answers: { 200: { description: 'The stream.', schema: changeSchema, contentType: 'text/event-stream' } },
      async handle({ query }, { person, context, header }) {
        const after = header('Last-Event-ID') ?? query.after;
        if (after !== undefined && !/^\d{1,15}$/.test(after))
          throw invalid([
            { path: 'header.Last-Event-ID', code: 'bad_id', message: 'This is not an event id of this stream.' },
          ]);
        streams.requirePlace(person);
        const opening = {
          person: await withRepresented(person),
          token: context.token ?? '',
          ...(after !== undefined && { after: Number(after) }),
        };
        return {
          stream: { type: 'text/event-stream', open: (response) => streams.open(response, opening) },
        };
      },
    }),
  ];
}

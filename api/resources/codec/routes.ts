/** The codec endpoint of Temporal's UI and CLI (https://docs.temporal.io/codec-server): /api/codec/decode, /api/codec/encode. */
import { noteDetails, noteSubject } from '../../http/audit.ts';
import type { Deps } from '../../http/deps.ts';
import { type Route, route } from '../../http/route.ts';
import { decodedFor, encodedFor } from './payloads.ts';
import { codecQuery, payloadsSchema } from './schemas.ts';

const tag = 'Codec';

/** Of one history; the number says how many there were. */
const mostNoted = 20;

export function codecRoutes({ config: { keys } }: Deps): Route[] {
  return [
    route({
      key: 'POST /api/codec/decode',
      access: 'staff',
      tag,
      summary: 'Opens payloads for Temporal’s UI and CLI',
      description:
        'Operators read everything, overseers the instances of their facilities. What you may not read comes back as it was sent.',
      query: codecQuery,
      body: { schema: payloadsSchema, limit: '16mb' },
      answers: { 200: { description: 'In the same order.', schema: payloadsSchema } },
      async handle({ body }, { person }) {
        const { payloads, instances } = await decodedFor(person, body.payloads, keys);
        const [only] = instances;
        noteSubject({ kind: 'instances', ...(instances.length === 1 && only !== undefined && { id: only }) });
        noteDetails({ payloads: payloads.length, instances: instances.slice(0, mostNoted) });
        return { body: { payloads }, unmasked: 'recorded' };
      },
    }),
    route({
      key: 'POST /api/codec/encode',
      access: 'staff',
      tag,
      summary: 'Seals payloads of Temporal’s UI and CLI in your name',
      description:
        'What you send with them counts as your act, in the roles you hold now, for ten minutes; the instance checks whether you may. A start is refused: use POST /api/instances.',
      query: codecQuery,
      body: { schema: payloadsSchema, limit: '16mb' },
      answers: { 200: { description: 'In the same order.', schema: payloadsSchema } },
      async handle({ body }, { person }) {
        const payloads = encodedFor(person, body.payloads, keys);
        noteSubject({ kind: 'payloads' });
        noteDetails({ payloads: payloads.length });
        return { body: { payloads }, unmasked: 'recorded' };
      },
    }),
  ];
}

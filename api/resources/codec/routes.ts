/** The codec endpoint of Temporal's UI and CLI (https://docs.temporal.io/codec-server): /api/codec/decode, /api/codec/encode. */
import { noteDetails, noteSubject } from '../../http/audit.ts';
import type { Deps } from '../../http/deps.ts';
import { type Route, route } from '../../http/route.ts';
import { decodedFor, encodedFor } from './payloads.ts';
import { codecQuery, payloadsSchema } from './schemas.ts';

const tag = 'Codec';

/** Payloads of one history; audited with the number of instances. */
const mostNoted = 20;

export function codecRoutes({ config: { keys } }: Deps): Route[] {
  return [
    route({
      key: 'POST /api/codec/decode',
      access: 'staff',
      tag,
      summary: 'Decode payloads for Temporal’s UI and CLI',
      description:
        'Operators read everything, overseers the instances of their facilities. Payloads you may not read are returned unchanged.',
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
      summary: 'Encode payloads of Temporal’s UI and CLI on your behalf',
      description:
        'Updates and signals sent with them count as your acts, with your current roles, for ten minutes; the instance checks whether they are allowed. Starts are refused: use POST /api/instances.',
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

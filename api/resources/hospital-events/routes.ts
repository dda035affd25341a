/** POST /api/events, GET /api/hospital-events: events of patients, reported by the hospital's systems. */
import { type HospitalEvent, listEvents } from '../../../store/patients/hospital-events.ts';
import { noteSubject } from '../../http/audit.ts';
import { decodeCursor, pageOf } from '../../http/cursor.ts';
import type { Deps } from '../../http/deps.ts';
import { narrowed } from '../../http/policy.ts';
import { type Route, route } from '../../http/route.ts';
import { suppliers } from '../../http/route-policy.ts';
import { receive } from './receive-event.ts';
import { eventBody, eventPage, eventQuery, eventSchema } from './schemas.ts';

const tag = 'Patients';

export function hospitalEventRoutes(deps: Deps): Route[] {
  return [
    route({
      key: 'POST /api/events',
      access: suppliers,
      tag,
      summary: 'Report what happened to a patient: a visit, an operation, a payment, a changed date, a consent',
      description:
        'Each event counts once by its source and id; a repeat changes nothing. Events may come in any order: `sequence` says which happened later. ' +
        'An event of an unknown patient is parked, and takes effect when the patient is reported (`patientChanged`, or an import).',
      body: { schema: eventBody },
      idempotency: 'optional',
      answers: { 200: { description: 'Stored; `state` tells whether it took effect.', schema: eventSchema } },
      async handle({ body }, asked) {
        noteSubject({ kind: 'events', id: `${body.source}/${body.id}` }, body.facility);
        const { event, repeated } = await receive(deps, body, asked);
        return { body: eventView(event), ...(repeated && { headers: { 'Idempotent-Replayed': 'true' } }) };
      },
    }),
    route({
      key: 'GET /api/hospital-events',
      access: suppliers,
      audit: 'sensitive',
      tag,
      summary: 'Events of the hospital, newest first; with `state=parked` those of unknown patients',
      query: eventQuery,
      answers: { 200: { description: 'A page.', schema: eventPage } },
      async handle({ query }, { reach }) {
        const { facility, cursor, limit, ...filters } = query;
        const facilities = narrowed(reach, facility);
        const rows = await listEvents({
          ...filters,
          ...(facilities && { facilities }),
          ...(cursor !== undefined && { after: decodeCursor(cursor) }),
          limit: limit + 1,
        });
        const page = pageOf(rows, limit, (row) => ({ at: row.receivedAt, id: row._id }));
        return { body: { ...page, items: page.items.map(eventView) } };
      },
    }),
  ];
}

const eventView = ({ id, source, occurrence, state, occurredAt, receivedAt, sequence, ...row }: HospitalEvent) => ({
  id,
  source,
  type: occurrence.type,
  state,
  occurredAt,
  receivedAt,
  sequence,
  facility: row.facility,
  patient: row.patient,
  ...(row.episode !== undefined && { episode: row.episode }),
});

/** GET /api/follow-up-calls, GET /api/follow-ups, GET /api/follow-ups/{chain}. */
import { findPatient } from '../../../store/patients/patients.ts';
import type { FollowUpRow } from '../../../store/processes/followUp/follow-up-row.ts';
import { findFollowUp, listFollowUps } from '../../../store/processes/followUp/follow-up-store.ts';
import { isAssignee } from '../../../store/runtime/tasks.ts';
import { noteSubject } from '../../http/audit.ts';
import { decodeCursor, pageOf } from '../../http/cursor.ts';
import { covers, narrowed } from '../../http/policy.ts';
import { notFound } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { carers } from '../../http/route-policy.ts';
import { callsRoute } from './calls.ts';
import { reportsRoute } from './reports.ts';
import { followUpPage, followUpParams, followUpQuery, followUpSchema } from './schemas.ts';
import { touchView } from './touch-view.ts';

const tag = 'Follow-up';

export function followUpRoutes(): Route[] {
  return [
    callsRoute,
    reportsRoute,
    route({
      key: 'GET /api/follow-ups',
      access: carers,
      audit: 'sensitive',
      tag,
      summary: 'Follow-up chains of my facilities',
      query: followUpQuery,
      answers: { 200: { description: 'A page.', schema: followUpPage } },
      async handle({ query }, { reach }) {
        const { facility, cursor, limit, patient, status } = query;
        const facilities = narrowed(reach, facility);
        const rows = await listFollowUps({
          ...(facilities && { facilities }),
          ...(patient !== undefined && { patient }),
          ...(status && { status }),
          ...(cursor !== undefined && { after: decodeCursor(cursor).id }),
          limit: limit + 1,
        });
        const page = pageOf(rows, limit, (row) => ({ at: '', id: row._id }));
        return { body: { ...page, items: page.items.map(itemOf) } };
      },
    }),
    route({
      key: 'GET /api/follow-ups/{chain}',
      access: carers,
      audit: 'sensitive',
      tag,
      summary: 'One chain: each touch, planned, done, or not done and why; and the number to call',
      params: followUpParams,
      answers: { 200: { description: 'The chain.', schema: followUpSchema } },
      async handle({ params }, { person, reach }) {
        const row = await findFollowUp(params.chain);
        noteSubject({ kind: 'follow-ups', id: params.chain }, row?.facility);
        if (!row || !covers(reach, row.facility)) throw notFound(`follow-up ${params.chain}`);
        const [patient, isTheirs] = await Promise.all([
          findPatient(row.patient, row.facility),
          isAssignee(row.instance, person.id),
        ]);
        const { name, phone } = patient?.details ?? {};
        return {
          body: {
            ...itemOf(row),
            touches: row.touches.map(touchView),
            ...(phone !== undefined && { phone }),
            ...(name !== undefined && { name }),
          },
          ...(isTheirs && {
            unmasked: { what: { kind: 'patients', id: row.patient }, facility: row.facility },
          }),
        };
      },
    }),
  ];
}

const itemOf = ({ _id, instance, facility, patient, status, nextDueAt, stopReason, ...row }: FollowUpRow) => ({
  chain: _id,
  instance,
  facility,
  patient,
  status,
  ...(nextDueAt !== undefined && { nextDueAt }),
  ...(stopReason !== undefined && { stopReason }),
  incident: row.incident,
  updatedAt: row.updatedAt,
});

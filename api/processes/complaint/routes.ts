/** POST and GET /api/complaints, GET /api/complaints/{caseNumber}. */
import { instanceId } from '../../../engine/model/keys.ts';
import { findComplaint, listComplaints } from '../../../store/processes/complaint/complaints.ts';
import { findInstance } from '../../../store/runtime/instances.ts';
import { complaintProcess } from '../../../workflows/processes/complaint/messages.ts';
import { noteSubject } from '../../http/audit.ts';
import { decodeCursor, pageOf } from '../../http/cursor.ts';
import type { Deps } from '../../http/deps.ts';
import { covers, narrowed, type Person, type Reach } from '../../http/policy.ts';
import { notFound } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { mayReadCase, readableCases, textFacilities } from './access.ts';
import { caseView, itemOf } from './case-view.ts';
import { registerComplaint } from './registration.ts';
import {
  complaintBody,
  complaintPage,
  complaintParams,
  complaintQuery,
  complaintSchema,
  registeredSchema,
} from './schemas.ts';

const tag = 'Complaints';

export function complaintRoutes(deps: Deps): Route[] {
  return [
    route({
      key: 'POST /api/complaints',
      access: 'staff',
      tag,
      summary: 'Register a complaint',
      description:
        'Assigns a case number and starts the process. A repeat with the same Idempotency-Key returns the same number and starts nothing.',
      body: { schema: complaintBody },
      idempotency: 'required',
      answers: { 201: { description: 'Registered; Location is the case.', schema: registeredSchema } },
      async handle({ body }, { person, idempotencyKey }) {
        const { complaint, instance, repeated } = await registerComplaint(deps, person, body, idempotencyKey ?? '');
        const { _id: caseNumber, facility, stage, status, receivedAt } = complaint;
        return {
          status: 201,
          headers: {
            Location: `/api/complaints/${caseNumber}`,
            ...(repeated && { 'Idempotent-Replayed': 'true' }),
          },
          body: { caseNumber, facility, stage, status, receivedAt, instance },
        };
      },
    }),
    route({
      key: 'GET /api/complaints',
      access: 'staff',
      audit: 'sensitive',
      tag,
      summary: 'Complaints I may read, newest first',
      description:
        'All of a facility for the roles that work on or judge complaints there and for its overseers; for others those they registered, lead, may work on now, or worked on.',
      query: complaintQuery,
      answers: { 200: { description: 'A page.', schema: complaintPage } },
      async handle({ query }, { person, reach }) {
        const { facility, cursor, limit, ...filters } = query;
        const facilities = searchIn(person, reach, facility, filters.q);
        const after = cursor === undefined ? undefined : decodeCursor(cursor);
        const rows = await listComplaints({
          ...filters,
          access: readableCases(person, facility),
          ...(facilities && { facilities }),
          ...(after && { after: { receivedAt: after.at, id: after.id } }),
          limit: limit + 1,
        });
        const page = pageOf(rows, limit, (row) => ({ at: row.receivedAt, id: row._id }));
        return { body: { ...page, items: page.items.map(itemOf) } };
      },
    }),
    route({
      key: 'GET /api/complaints/{caseNumber}',
      access: 'staff',
      audit: 'sensitive',
      tag,
      summary: 'One case: stage, clocks, what it waits for, history in words, and the intake',
      params: complaintParams,
      answers: { 200: { description: 'The case.', schema: complaintSchema } },
      async handle({ params }, { person, reach }) {
        const { caseNumber } = params;
        const complaint = await findComplaint(caseNumber);
        noteSubject({ kind: 'complaints', id: caseNumber }, complaint?.facility);
        const row = complaint && (await findInstance(instanceId(complaintProcess, caseNumber)));
        if (!complaint || !covers(reach, complaint.facility) || !mayReadCase(person, complaint, row))
          throw notFound(`complaint ${caseNumber}`);
        return caseView(complaint, row, person);
      },
    }),
  ];
}

/** Text search only where the person may read the intake: finding a case by a name reveals it. */
function searchIn(
  person: Person,
  reach: Reach,
  facility: string | undefined,
  q: string | undefined,
): string[] | undefined {
  const visible = narrowed(reach, facility);
  if (q === undefined || /^[A-Za-z]{2}\d*$/.test(q)) return visible;
  const readable = textFacilities(person);
  if (readable === undefined) return visible;
  return visible === undefined ? readable : visible.filter((one) => readable.includes(one));
}

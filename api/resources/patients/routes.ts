/** GET /api/patients, GET /api/patients/{id}. */
import { findPatientAnywhere, listPatients } from '../../../store/patients/patients.ts';
import { noteSubject } from '../../http/audit.ts';
import { decodeCursor, pageOf } from '../../http/cursor.ts';
import { covers, narrowed } from '../../http/policy.ts';
import { notFound } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { carers } from '../../http/route-policy.ts';
import { itemOf, patientView } from './patient-view.ts';
import { patientPage, patientParams, patientQuery, patientSchema } from './schemas.ts';

const tag = 'Patients';

export function patientRoutes(): Route[] {
  return [
    route({
      key: 'GET /api/patients',
      access: carers,
      audit: 'sensitive',
      tag,
      summary: 'Patients of my facilities, by number',
      query: patientQuery,
      answers: { 200: { description: 'A page.', schema: patientPage } },
      async handle({ query }, { reach }) {
        const { facility, cursor, limit, q } = query;
        const facilities = narrowed(reach, facility);
        const rows = await listPatients({
          ...(facilities && { facilities }),
          ...(q !== undefined && { q }),
          ...(cursor !== undefined && { after: decodeCursor(cursor).id }),
          limit: limit + 1,
        });
        const page = pageOf(rows, limit, (row) => ({ at: '', id: row._id }));
        return { body: { ...page, items: page.items.map(itemOf) } };
      },
    }),
    route({
      key: 'GET /api/patients/{id}',
      access: carers,
      audit: 'sensitive',
      tag,
      summary: 'A patient: details, consents, visits, purchases, appointments',
      params: patientParams,
      answers: { 200: { description: 'The patient.', schema: patientSchema } },
      async handle({ params }, { reach }) {
        const patient = await findPatientAnywhere(params.id);
        noteSubject({ kind: 'patients', id: params.id }, patient?.facility);
        if (!patient || !covers(reach, patient.facility)) throw notFound(`patient ${params.id}`);
        return patientView(patient);
      },
    }),
  ];
}

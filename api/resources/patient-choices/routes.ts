/** GET /api/patient-choices: patients for a form's patient field. */
import { findPatientsBy } from '../../../store/patients/patient-search.ts';
import { noteSubject } from '../../http/audit.ts';
import { covers } from '../../http/policy.ts';
import { notFound } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { patientChoiceQuery, patientChoices } from './schemas.ts';

const most = 10;

export function patientChoiceRoutes(): Route[] {
  return [
    route({
      key: 'GET /api/patient-choices',
      access: 'staff',
      audit: 'sensitive',
      tag: 'Patients',
      summary: 'Patients of a facility of yours for a form field, by search text',
      description: 'Not for browsing: at least two letters or digits, at most ten results.',
      query: patientChoiceQuery,
      answers: { 200: { description: 'The matching patients.', schema: patientChoices } },
      async handle({ query }, { reach }) {
        noteSubject({ kind: 'patients' }, query.facility);
        if (!covers(reach, query.facility)) throw notFound(`facility ${query.facility}`);
        const found = await findPatientsBy(query.q, query.facility, most);
        const items = found.map(({ _id: id, details: { name, phone, bornOn } }) => ({
          id,
          ...(name !== undefined && { name }),
          ...(phone !== undefined && { phone }),
          ...(bornOn !== undefined && { bornOn }),
        }));
        return { body: { items } };
      },
    }),
  ];
}

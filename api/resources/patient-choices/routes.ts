/** GET /api/patient-choices: whom a form can name. */
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
      summary: 'Patients of a facility of yours whom a form can name: a few, by what is typed',
      description: 'Nobody browses with it: it takes two letters or digits at least, and answers ten at most.',
      query: patientChoiceQuery,
      answers: { 200: { description: 'Those that are found.', schema: patientChoices } },
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

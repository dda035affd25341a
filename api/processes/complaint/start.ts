/** Maps the start form of the diagram (definitions/complaint/intake.form) to a registration request. */
import type { Json, Variables } from '../../../engine/model/plan.ts';
import type { Deps } from '../../http/deps.ts';
import { fieldErrors } from '../../http/errors.ts';
import { type FieldError, invalid, ProblemError } from '../../http/problem.ts';
import type { FormStart, FormStarted } from '../process-api.ts';
import { registerComplaint } from './registration.ts';
import { complaintBody } from './schemas.ts';

/** Form fields by their path in the request. */
const fields: Readonly<Record<string, string>> = {
  'patient.recordNumber': 'patient',
  'patient.name': 'patientName',
  'patient.phone': 'patientPhone',
  'complainant.name': 'complainantName',
  'complainant.phone': 'complainantPhone',
  'complainant.relation': 'relation',
  files: 'evidence',
};

export async function startComplaint(deps: Deps, start: FormStart): Promise<FormStarted> {
  const { person, idempotencyKey = crypto.randomUUID() } = start;
  const body = complaintBody.safeParse(bodyOf(start));
  if (!body.success) throw invalid(fieldErrors(body.error, 'body').map(atField), 422);
  try {
    const { complaint, instance, repeated } = await registerComplaint(deps, person, body.data, idempotencyKey);
    return { id: instance, businessKey: complaint._id, began: !repeated };
  } catch (error) {
    if (!(error instanceof ProblemError) || !error.fields.errors) throw error;
    throw new ProblemError({ ...error.fields, errors: error.fields.errors.map(atField) }, error);
  }
}

function bodyOf({ facility, values, timeScale }: FormStart): unknown {
  const { channel, text, peopleInvolved, emergency, seriousEvent } = values;
  const person = (name: Json | undefined, phone: Json | undefined, more: Variables) => filled({ name, phone, ...more });
  return {
    facility,
    ...filled({ channel, text, demand: values['demand'], demandCents: values['demandCents'] }),
    patient: person(values['patientName'], values['patientPhone'], { recordNumber: values['patient'] ?? null }),
    ...(values['otherComplainant'] === true && {
      complainant: person(values['complainantName'], values['complainantPhone'], {
        relation: values['relation'] ?? null,
      }),
    }),
    peopleInvolved: (Array.isArray(peopleInvolved) ? peopleInvolved : []).map((one) => filled(one as Variables)),
    files: values['evidence'] ?? [],
    emergency: emergency === true,
    seriousEvent: seriousEvent === true,
    ...(timeScale !== undefined && { timeScale }),
  };
}

/** Empty fields are omitted. */
const filled = (values: Record<string, Json | undefined>): Variables =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, Json] => entry[1] != null && entry[1] !== ''),
  );

function atField(error: FieldError): FieldError {
  const path = error.path.replace(/^body\./, '');
  const known = Object.keys(fields).find((one) => path === one || path.startsWith(`${one}.`));
  const field = known === undefined ? path : `${fields[known]}${path.slice(known.length)}`;
  return { ...error, path: `body.variables.${field}` };
}

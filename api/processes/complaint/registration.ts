/** Registers a complaint: number, intake, process, each at most once per Idempotency-Key, wherever a previous attempt failed. */

import { instanceId } from '../../../engine/model/keys.ts';
import type { KeyPart, Plan } from '../../../engine/model/plan.ts';
import { findPlan } from '../../../store/definitions/plans.ts';
import { attachFiles, beginWithFiles } from '../../../store/files/files.ts';
import { type Facility, findFacility } from '../../../store/organisation/facilities.ts';
import {
  type ComplaintDocument,
  type ComplaintIntake,
  findComplaint,
  patientComplaint,
  saveIntake,
} from '../../../store/processes/complaint/complaints.ts';
import { findInstance } from '../../../store/runtime/instances.ts';
import type { Processes } from '../../../temporal/processes.ts';
import { complaintProcess } from '../../../workflows/processes/complaint/messages.ts';
import type { ApiConfig } from '../../config.ts';
import type { Deps } from '../../http/deps.ts';
import { digestOf } from '../../http/digest.ts';
import { type Person, rolesAt } from '../../http/policy.ts';
import { forbidden, invalid, ProblemError } from '../../http/problem.ts';
import { whyNoTimeScale } from '../../http/time-scale-allowed.ts';
import { requireFiles } from '../../resources/files/handed-in.ts';
import { signalPatient } from '../../resources/hospital-events/announce.ts';
import { businessKeyFor } from '../../resources/starts/business-key.ts';
import { mayRegister } from './access.ts';
import type { ComplaintBody } from './schemas.ts';

/** Default when the deployed diagram has no pattern: facility, year, month and a serial (docs/domain.md#complaint-lifecycle). */
const defaultPattern: KeyPart[] = [
  { kind: 'facility' },
  { kind: 'date', field: 'yyyy' },
  { kind: 'date', field: 'MM' },
  { kind: 'serial', digits: 4 },
];

export interface Registered {
  complaint: ComplaintDocument;
  instance: string;
  /** Registered by an earlier request with the same key. */
  repeated: boolean;
}

export async function registerComplaint(
  deps: Deps,
  person: Person,
  body: ComplaintBody,
  idempotencyKey: string,
): Promise<Registered> {
  const { processes, config, metrics } = deps;
  await requireAllowed(person, body, config);
  const facility = await findFacility(body.facility);
  if (!facility) throw unknownFacility(body.facility);
  const now = new Date().toISOString();
  const requestKey = digestOf(person.id, 'POST /api/complaints', idempotencyKey);
  const { caseNumber, before } = await freeCaseNumber(processes, facility, now, requestKey);
  const requestHash = digestOf(body);
  await requireFiles(body.files, { person, facility: body.facility, request: requestKey });
  const complaint = before?.intake
    ? before
    : await saveIntake({
        _id: caseNumber,
        facility: body.facility,
        receivedAt: body.receivedAt ?? now,
        intake: intakeOf(body, person, now),
        requestHash,
      });
  if (complaint.requestHash !== requestHash) throw keyUsedTwice(caseNumber);
  const instance = instanceId(complaintProcess, caseNumber);
  // The number now belongs to this request, so its files can be attached to the case even if a later step fails.
  await beginWithFiles(body.files, { instance, request: requestKey });
  await attachFiles(body.files, { instance, at: now });
  const role = rolesAt(person, body.facility)[0];
  const started = await processes.start({
    process: complaintProcess,
    businessKey: caseNumber,
    facility: complaint.facility,
    // No names, phone numbers or texts: they stay in the database under the case or record number.
    variables: {
      channel: complaint.intake.channel,
      receivedAt: complaint.receivedAt,
      emergency: complaint.intake.emergency,
      seriousEvent: complaint.intake.seriousEvent,
      ...(complaint.intake.patient.recordNumber !== undefined && { patient: complaint.intake.patient.recordNumber }),
      ...(complaint.intake.demandCents !== undefined && { demandCents: complaint.intake.demandCents }),
    },
    startedBy: { id: person.id, ...(role && { role }) },
    ...(body.timeScale !== undefined && { speed: body.timeScale }),
  });
  if (started) metrics.started.inc({ process: complaintProcess, facility: complaint.facility });
  // Repeated requests announce it again, as the first may have failed in between.
  if (complaint.status === 'active') await tellOfComplaint(deps, complaint);
  const seen = await untilProjected(instance, caseNumber);
  return { complaint: seen ?? complaint, instance, repeated: !started };
}

/** Informs other processes of the patient: while the complaint is open, its owner speaks with the patient. */
async function tellOfComplaint(deps: Deps, { _id, facility, intake }: ComplaintDocument): Promise<void> {
  const { recordNumber } = intake.patient;
  if (recordNumber === undefined) return;
  const name = patientComplaint(recordNumber);
  await signalPatient(deps, {
    id: digestOf(name, _id),
    name,
    variables: { open: true, owner: null },
    facility,
    by: intake.registeredBy,
  });
}

/** The number is this request's; a case must never be linked to another request's process. */
async function freeCaseNumber(
  processes: Processes,
  facility: Facility,
  at: string,
  request: string,
): Promise<{ caseNumber: string; before: ComplaintDocument | null }> {
  const pattern = (await findPlan<Plan>(complaintProcess))?.plan.profile?.businessKeyPattern ?? defaultPattern;
  let before: ComplaintDocument | null = null;
  const caseNumber = await businessKeyFor(
    { process: complaintProcess, pattern, facility, at, request },
    async (key) => {
      before = await findComplaint(key);
      if (before?.intake || !(await processes.exists(instanceId(complaintProcess, key)))) return true;
      // The intake is saved before the process starts: without one, the process is not of this request.
      before = await findComplaint(key);
      return before?.intake !== undefined;
    },
  );
  return { caseNumber, before };
}

async function requireAllowed(person: Person, body: ComplaintBody, config: ApiConfig): Promise<void> {
  if (!mayRegister(person, body.facility))
    throw forbidden(
      'wrong-facility',
      `You do not belong to the facility ${body.facility}.`,
      'Register it at a facility you belong to.',
    );
  const message = body.timeScale === undefined ? undefined : await whyNoTimeScale(config);
  if (message !== undefined) {
    throw invalid([{ path: 'body.timeScale', code: 'not_allowed', message }], 422);
  }
  if (body.receivedAt !== undefined && Date.parse(body.receivedAt) > Date.now() + 60_000)
    throw invalid(
      [{ path: 'body.receivedAt', code: 'in_future', message: 'A complaint cannot be received in the future.' }],
      422,
    );
}

function unknownFacility(code: string): ProblemError {
  return invalid([{ path: 'body.facility', code: 'unknown_facility', message: `There is no facility ${code}.` }], 422);
}

function keyUsedTwice(caseNumber: string): ProblemError {
  return new ProblemError({
    status: 422,
    code: 'idempotency-key-reused',
    detail: `Your earlier request with this Idempotency-Key registered ${caseNumber} with other content.`,
    hint: 'Use a fresh key for a new complaint; repeat a request unchanged.',
    more: { caseNumber },
  });
}

function intakeOf(body: ComplaintBody, person: Person, now: string): ComplaintIntake {
  const { channel, patient, complainant, peopleInvolved, text, demand, demandCents, emergency, seriousEvent } = body;
  return {
    channel,
    patient,
    complainant: complainant ?? { name: patient.name, ...(patient.phone && { phone: patient.phone }) },
    peopleInvolved,
    text,
    demand,
    ...(demandCents !== undefined && { demandCents }),
    emergency,
    seriousEvent,
    registeredBy: person.id,
    registeredAt: now,
  };
}

const projectedWithinMs = 1000;

/**
 * Waits briefly for the first step, so that its tasks are in lists when the response arrives; without a worker the
 * complaint is registered all the same.
 */
async function untilProjected(instance: string, caseNumber: string): Promise<ComplaintDocument | null> {
  const deadline = Date.now() + projectedWithinMs;
  for (let pause = 20; Date.now() < deadline; pause = Math.min(pause * 1.5, 150)) {
    if (await findInstance(instance)) return findComplaint(caseNumber);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return null;
}

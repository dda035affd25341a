/** The case page: complaint, process, tasks, refunds and history. Personal data only for those entitled to it. */

import { instanceId } from '../../../engine/model/keys.ts';
import { maskPhone } from '../../../engine/model/personal-numbers.ts';
import type { Plan } from '../../../engine/model/plan.ts';
import { findFormSchemas } from '../../../store/definitions/definitions.ts';
import { findPinnedPlan } from '../../../store/definitions/plans.ts';
import { findNames } from '../../../store/organisation/staff.ts';
import type { ComplaintDocument, ComplaintIntake } from '../../../store/processes/complaint/complaints.ts';
import { findJournalOfKinds } from '../../../store/runtime/journal.ts';
import type { InstanceRow, JournalRow } from '../../../store/runtime/rows.ts';
import { listTasksOf } from '../../../store/runtime/tasks.ts';
import { complaintProcess } from '../../../workflows/processes/complaint/messages.ts';
import { recordLift } from '../../http/audit.ts';
import { mayRead, type Person } from '../../http/policy.ts';
import type { Reply } from '../../http/route.ts';
import { incidentView } from '../../resources/instances/incident-view.ts';
import { journalSentence, kindsForPeople, staffIn } from '../../resources/instances/journal-sentences.ts';
import { refundsOfCase } from '../refund/refunds-of-case.ts';
import { maySeeTexts } from './access.ts';
import type { ComplaintItem } from './schemas.ts';

const maxLines = 500;

export function itemOf(row: ComplaintDocument): ComplaintItem {
  const { _id, intake, requestHash: _hash, seq: _seq, told: _told, ...known } = row;
  return {
    ...known,
    caseNumber: _id,
    ...(intake && { channel: intake.channel }),
    emergency: intake?.emergency === true,
  };
}

/** Unmasked for who handles the case. */
export async function caseView(complaint: ComplaintDocument, row: InstanceRow | null, person: Person): Promise<Reply> {
  const instance = instanceId(complaintProcess, complaint._id);
  const [tasks, refunds, journal] = await Promise.all([
    listTasksOf(instance),
    refundsOfCase(complaint._id),
    findJournalOfKinds(instance, kindsForPeople, maxLines),
  ]);
  const open = tasks.filter((task) => task.status === 'open');
  const handles = complaint.assignee === person.id || open.some((task) => task.assignee === person.id);
  const intake = await intakeFor(complaint, person, handles);
  const body = {
    ...itemOf(complaint),
    instance,
    ...(row && { definition: row.definition }),
    clocks: row?.clocks ?? [],
    waits: row?.waits ?? [],
    incidents: row?.incidents.map(incidentView) ?? [],
    tasks: open.map((task) => ({
      id: task._id,
      name: task.name,
      assignee: task.assignee,
      candidateGroups: task.candidateGroups,
      ...(task.dueAt !== undefined && { dueAt: task.dueAt }),
    })),
    refunds,
    history: row && (intake !== null || mayRead(person, row)) ? await history(journal, row) : [],
    intake,
  };
  const lift = { what: { kind: 'complaints', id: complaint._id }, facility: complaint.facility };
  const isRecorded = intake !== null && hasPhone(complaint.intake);
  return { body, ...(handles && { unmasked: isRecorded ? 'recorded' : lift }) };
}

/** The journal as sentences, for readers of the journal or of the intake. */
async function history(journal: JournalRow[], { definition }: InstanceRow): Promise<unknown[]> {
  const { key, version, hash } = definition;
  const [names, plan, schemas] = await Promise.all([
    findNames(journal.flatMap(staffIn)),
    findPinnedPlan<Plan>(key, version, hash),
    findFormSchemas(key, version),
  ]);
  return journal.map((line) => {
    const name = line.by && names[line.by.id];
    return {
      n: line.n,
      at: line.at,
      kind: line.kind,
      ...journalSentence(line, { people: names, plan, schemas }),
      ...(line.element !== undefined && { element: line.element }),
      ...(line.by && { by: { ...line.by, ...(name !== undefined && { name }) } }),
    };
  });
}

/** Phone numbers unmasked only for who handles the case, and audited first (docs/domain.md#records-and-privacy). */
async function intakeFor(complaint: ComplaintDocument, person: Person, handles: boolean): Promise<unknown> {
  const { intake, facility, _id: caseNumber } = complaint;
  if (!intake || !maySeeTexts(person, { facility, registeredBy: intake.registeredBy })) return null;
  if (handles && hasPhone(intake))
    await recordLift({ kind: 'complaints', id: caseNumber }, facility, ['patient.phone', 'complainant.phone']);
  return { ...(handles ? intake : withMaskedPhones(intake)), phonesMasked: !handles };
}

const hasPhone = (intake: ComplaintIntake | undefined): boolean =>
  intake?.patient.phone !== undefined || intake?.complainant.phone !== undefined;

function withMaskedPhones(intake: ComplaintIntake): ComplaintIntake {
  const masked = <T extends { phone?: string }>(one: T): T =>
    one.phone ? { ...one, phone: maskPhone(one.phone) } : one;
  return { ...intake, patient: masked(intake.patient), complainant: masked(intake.complainant) };
}

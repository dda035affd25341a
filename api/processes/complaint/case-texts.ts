/** Texts of a complaint kept outside its process, for those who work on the case or judge it. */
import { findComplaint } from '../../../store/processes/complaint/complaints.ts';
import type { InstanceRow } from '../../../store/runtime/rows.ts';
import type { Person } from '../../http/policy.ts';
import type { CaseText } from '../process-api.ts';
import { maySeeTexts } from './access.ts';

export async function complaintTexts({ businessKey, facility }: InstanceRow, person: Person): Promise<CaseText[]> {
  const intake = (await findComplaint(businessKey))?.intake;
  if (!intake || !maySeeTexts(person, { facility, registeredBy: intake.registeredBy })) return [];
  const { patient, text, demand } = intake;
  return [
    {
      id: 'patient',
      name: { zh: '患者', en: 'Patient' },
      value: [patient.name, patient.phone].filter(Boolean).join(' '),
    },
    { id: 'text', name: { zh: '投诉内容', en: 'Complaint' }, value: text },
    ...(demand === '' ? [] : [{ id: 'demand', name: { zh: '诉求', en: 'Demand' }, value: demand }]),
  ];
}

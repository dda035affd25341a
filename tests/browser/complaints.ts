/** Complaints that wait for the first things a handler does. */
import { does, openTask, register } from '../end-to-end/acts.ts';
import type { Careloop } from '../support/careloop.ts';

/** One that waits to be accepted by the director. */
export async function toAccept(careloop: Careloop): Promise<{ caseNumber: string; id: string }> {
  const { caseNumber } = await register(careloop);
  const { id } = await openTask(careloop, caseNumber, 'AcceptComplaint');
  return { caseNumber, id };
}

/** One that waits for somebody to contact the patient. */
export async function toContact(careloop: Careloop): Promise<string> {
  const { caseNumber } = await register(careloop);
  await does(careloop, 'cs-director-bj', caseNumber, 'AcceptComplaint');
  await openTask(careloop, caseNumber, 'ContactPatient');
  return caseNumber;
}

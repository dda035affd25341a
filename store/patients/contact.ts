/** Whether a patient may be contacted about their treatment. */
import { type ConsentEntry, ConsentModel } from './consents.ts';
import { findPatient } from './patients.ts';

/** @returns the reason why not; undefined: allowed. A consent that was never asked for is no refusal. */
export async function whyNoService(patient: string, facility: string): Promise<string | undefined> {
  const row = await findPatient(patient, facility);
  if (!row) return 'unknown';
  if (row.stopped) return row.stopped.reason;
  const last = await ConsentModel.findOne({ patient, purpose: 'service' })
    .sort({ sequence: -1, at: -1, _id: -1 })
    .lean<ConsentEntry>();
  return last?.given === false ? 'consent-withdrawn' : undefined;
}

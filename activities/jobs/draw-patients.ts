/** The monthly lot: old customers who are asked for their opinion, and callbacks that are made again to see whether they took place. */
import { z } from 'zod';
import { localDate } from '../../engine/time/zone.ts';
import { insertMessage, type NewMessage } from '../../store/messaging/messages.ts';
import { whyNoService } from '../../store/patients/contact.ts';
import { episodeEvent } from '../../store/patients/episode-message.ts';
import { drawOldCustomers } from '../../store/patients/sampling.ts';
import { drawCalledPatients } from '../../store/processes/followUp/called-patients.ts';
import { defineJob } from './job.ts';
import { ownFacility } from './own-facility.ts';

const keptForMs = 30 * 86_400_000;
const dayMs = 86_400_000;
const oldAfterDays = 180;
const auditedWithinDays = 31;

export const drawPatients = defineJob({
  type: 'draw-patients',
  description: {
    zh: '随机抽取患者，并为每位发起一通回访：老客户抽样，或回访复核。',
    en: 'Draws patients by lot, and begins a chain of one call for each: a sample of old customers, an audit of callbacks.',
  },
  execution: { kind: 'local' },
  input: z.object({
    sample: z.int().min(0).max(500).describe('How many old customers.'),
    audit: z.int().min(0).max(500).describe('How many callbacks.'),
  }),
  output: z.object({ sampled: z.number(), audited: z.number() }),
  async work({ sample, audit }, { facility, instance, lineage, now }) {
    const { zone } = await ownFacility('draw-patients', facility);
    const today = localDate(now, zone);
    const dayBefore = (days: number) => localDate(new Date(Date.parse(now) - days * dayMs).toISOString(), zone);
    const month = today.slice(0, 7);
    const lot = `${facility} ${month}`;
    const [old, called] = await Promise.all([
      drawOldCustomers(facility, dayBefore(oldAfterDays), lot, sample),
      drawCalledPatients(facility, new Date(Date.parse(now) - auditedWithinDays * dayMs).toISOString(), lot, audit),
    ]);
    const begin = async (kind: 'sampled' | 'audited', patients: string[]): Promise<number> => {
      let begun = 0;
      for (const patient of patients) {
        if ((await whyNoService(patient, facility)) !== undefined) continue;
        await insertMessage(
          oneCall({ kind, patient, facility, today, month, sender: { instance, ...(lineage && { lineage }) } }),
        );
        begun += 1;
      }
      return begun;
    };
    return { sampled: await begin('sampled', old), audited: await begin('audited', called) };
  },
});

interface OneCall {
  kind: 'sampled' | 'audited';
  patient: string;
  facility: string;
  today: string;
  month: string;
  sender: NewMessage['sender'];
}

/** The message that begins a chain of its own with this one day. Safe to repeat: one for each month, kind and patient. */
function oneCall({ kind, patient, facility, today, month, sender }: OneCall) {
  const chain = `${facility}-${kind}-${month}-${patient}`;
  const publishedAt = new Date().toISOString();
  return {
    _id: `drawn ${chain}`,
    name: episodeEvent,
    correlationKey: chain,
    variables: {
      patient,
      episode: chain,
      department: 'unknown',
      kind: 'consultation',
      inpatient: false,
      need: 'C',
      round: 0,
      revision: 1,
      anchors: { [kind]: [{ on: today, ref: month }] },
    },
    digest: chain,
    facility,
    reach: [facility],
    sender,
    publishedAt,
    until: new Date(Date.parse(publishedAt) + keptForMs).toISOString(),
  };
}

/** Records what a task found out about a patient's sutures as an event of the episode, like one of the hospital's systems. */
import { z } from 'zod';
import { localDate } from '../../engine/time/zone.ts';
import { insertMessage } from '../../store/messaging/messages.ts';
import { applyEvent } from '../../store/patients/apply-event.ts';
import { episodeMessage } from '../../store/patients/episode-message.ts';
import {
  eventsOfEpisode,
  hospitalEventId,
  type Occurrence,
  receiveEvent,
} from '../../store/patients/hospital-events.ts';
import { episodeIn } from '../../store/processes/followUp/follow-up-row.ts';
import { text } from './fields.ts';
import { defineJob } from './job.ts';
import { ownFacility } from './own-facility.ts';

const source = 'careloop';

export const recordSutures = defineJob({
  type: 'record-sutures',
  description: {
    zh: '记录患者拆线的核实结果，并写入本次就诊的随访。',
    en: 'Records what was found out about the sutures of a patient, and passes it to the follow-up chain of the episode.',
  },
  execution: { kind: 'local' },
  input: z.object({
    patient: text().describe('Number of the record.'),
    episode: text().describe('Key of the chain: facility and number of the episode.'),
    outcome: z.enum(['removed', 'elsewhere', 'postponed', 'unknown']),
    day: text().optional().describe('When they were removed, or are to be.'),
  }),
  output: z.object({ recorded: z.boolean() }),
  async work({ patient, episode: chain, outcome, day }, context) {
    const { facility, instance, lineage, startedAt = '', key, now, clock } = context;
    if (outcome === 'unknown' || day === undefined) return { recorded: false };
    const { zone } = await ownFacility('record-sutures', facility);
    const episode = episodeIn(chain, facility);
    const id = `${instance}@${startedAt}#${key}`;
    const known = await eventsOfEpisode(episode, patient, facility);
    const occurrence: Occurrence =
      outcome === 'postponed'
        ? { type: 'moved', what: 'sutures', to: day }
        : { type: 'suturesRemoved', removedOn: day };
    const event = await receiveEvent({
      _id: hospitalEventId(facility, source, id),
      source,
      id,
      occurrence,
      occurredAt: now,
      on: localDate(now, zone),
      // After all known events; later events of the hospital take precedence.
      sequence: Math.max(0, ...known.map(({ sequence }) => sequence)),
      facility,
      patient,
      episode,
      digest: id,
      ...(clock && { clock }),
      receivedAt: new Date().toISOString(),
      state: 'received',
    });
    await applyEvent(event);
    const message = await episodeMessage(
      { episode, patient, facility },
      { instance, ...(lineage && { lineage }) },
      clock,
    );
    if (message) await insertMessage(message);
    return { recorded: true };
  },
});

/** Messages to the processes of a patient after a hospital event: the new facts of its episode, and the stop of all contact. */
import type { Variables } from '../../../engine/model/plan.ts';
import { broadcastInserted, deliver } from '../../../store/messaging/delivery.ts';
import { insertMessage } from '../../../store/messaging/messages.ts';
import { insertSignal } from '../../../store/messaging/signals.ts';
import { whyNoService } from '../../../store/patients/contact.ts';
import { episodeFacts } from '../../../store/patients/episode-facts.ts';
import { eventsOfEpisode, type HospitalEvent, isEpisodeOfOther } from '../../../store/patients/hospital-events.ts';
import {
  type EpisodeFactsMessage,
  episodeEvent,
  patientStopped,
} from '../../../workflows/processes/followUp/messages.ts';
import type { Deps } from '../../http/deps.ts';
import { digestOf } from '../../http/digest.ts';
import { messageTransportOf } from '../messages/message-transport.ts';

/** Time to live of facts that no process receives at once. */
const keptForMs = 30 * 86_400_000;

/**
 * Idempotent; the worker continues what cannot be delivered now.
 * @param by staff id of the reporting system
 */
export async function announce(deps: Deps, events: readonly HospitalEvent[], by: string): Promise<void> {
  for (const event of events) if (isEnd(event)) await tellEnd(deps, event, by);
  const episodes = new Map(events.flatMap((one) => (one.episode === undefined ? [] : [[one.episode, one]])));
  for (const [episode, event] of episodes) await tellFacts(deps, episode, event, by);
}

const isEnd = ({ occurrence }: HospitalEvent): boolean =>
  occurrence.type === 'died' ||
  occurrence.type === 'transferred' ||
  (occurrence.type === 'consentChanged' && occurrence.purpose === 'service' && !occurrence.given);

async function tellFacts(deps: Deps, episode: string, event: HospitalEvent, by: string): Promise<void> {
  const { patient, facility } = event;
  if (await isEpisodeOfOther(event)) return;
  if ((await whyNoService(patient, facility)) !== undefined) return;
  const events = await eventsOfEpisode(episode, patient, facility);
  // Episode numbers are unique per facility.
  const chain = `${facility}-${episode}`;
  const facts: EpisodeFactsMessage = {
    patient,
    episode: chain,
    ...episodeFacts(events),
    revision: events.reduce((sum, { replaced = 0 }) => sum + 1 + replaced, 0),
  };
  const publishedAt = new Date().toISOString();
  const row = await insertMessage({
    _id: digestOf(episodeEvent, chain, patient, facts.revision),
    name: episodeEvent,
    correlationKey: chain,
    variables: facts as unknown as Variables,
    digest: digestOf(facts),
    facility,
    reach: [facility],
    sender: { staff: by },
    publishedAt,
    until: new Date(Date.parse(publishedAt) + keptForMs).toISOString(),
  });
  if (row.state !== 'waiting') return;
  await quietly(deps, row._id, () => deliver(messageTransportOf(deps), row));
}

/** Only if it still holds: a stop reported again must not end a consent given since. */
async function tellEnd(deps: Deps, { _id, patient, facility }: HospitalEvent, by: string): Promise<void> {
  const reason = await whyNoService(patient, facility);
  if (reason === undefined) return;
  const name = patientStopped(patient);
  await signalPatient(deps, { id: digestOf(name, _id), name, variables: { reason }, facility, by });
}

/** To all waiting processes of a patient, once per id. */
export async function signalPatient(
  deps: Deps,
  signal: { id: string; name: string; variables: Variables; facility: string; by: string },
): Promise<void> {
  const { id, by, facility, ...what } = signal;
  const row = await insertSignal({
    _id: id,
    ...what,
    facility,
    reach: [facility],
    sender: { staff: by },
    at: new Date().toISOString(),
  });
  await quietly(deps, id, () => broadcastInserted(messageTransportOf(deps), row));
}

async function quietly({ log }: Deps, message: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch {
    log.warn({ message }, 'a message of an event is stored, but could not be delivered at once');
  }
}

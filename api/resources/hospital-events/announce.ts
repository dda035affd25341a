/** Messages to the processes of a patient after a hospital event: the new facts of its episode, and the stop of all contact. */
import type { Variables } from '../../../engine/model/plan.ts';
import type { TimeScale } from '../../../engine/time/time-scale.ts';
import { broadcastInserted, deliver } from '../../../store/messaging/delivery.ts';
import { insertMessage } from '../../../store/messaging/messages.ts';
import { insertSignal } from '../../../store/messaging/signals.ts';
import { whyNoService } from '../../../store/patients/contact.ts';
import { type EpisodeOf, episodeMessage } from '../../../store/patients/episode-message.ts';
import { episodesOperated, type HospitalEvent } from '../../../store/patients/hospital-events.ts';
import { episodeIn } from '../../../store/processes/followUp/follow-up-row.ts';
import { resumableChains } from '../../../store/processes/followUp/follow-up-store.ts';
import { patientStopped } from '../../../workflows/processes/followUp/messages.ts';
import type { Deps } from '../../http/deps.ts';
import { digestOf } from '../../http/digest.ts';
import { messageTransportOf } from '../messages/message-transport.ts';

/**
 * Idempotent; the worker continues what cannot be delivered now.
 * @param by staff id of the reporting system
 */
export async function announce(deps: Deps, events: readonly HospitalEvent[], by: string): Promise<void> {
  for (const event of events) if (isEnd(event)) await tellEnd(deps, event, by);
  for (const about of await episodesTouched(events)) await tellFacts(deps, about, by);
}

interface Touched extends EpisodeOf {
  clock: TimeScale | undefined;
}

/** Their own, those whose operation one of them has made again, and those that a consent given again takes up. */
async function episodesTouched(events: readonly HospitalEvent[]): Promise<Touched[]> {
  const touched = new Map<string, Touched>();
  for (const { episode, patient, facility, occurrence, clock } of events) {
    const add = (one: string) => touched.set(`${facility} ${one}`, { episode: one, patient, facility, clock });
    if (episode !== undefined) add(episode);
    if (occurrence.type === 'operated' && occurrence.reoperationOf !== undefined)
      for (const one of await episodesOperated(patient, facility, occurrence.reoperationOf)) add(one);
    if (occurrence.type === 'consentChanged' && occurrence.purpose === 'service' && occurrence.given)
      for (const chain of await resumableChains(patient, facility)) add(episodeIn(chain, facility));
  }
  return [...touched.values()];
}

const isEnd = ({ occurrence }: HospitalEvent): boolean =>
  occurrence.type === 'died' ||
  occurrence.type === 'transferred' ||
  (occurrence.type === 'consentChanged' && occurrence.purpose === 'service' && !occurrence.given);

async function tellFacts(deps: Deps, about: Touched, by: string): Promise<void> {
  if ((await whyNoService(about.patient, about.facility)) !== undefined) return;
  const message = await episodeMessage(about, { staff: by }, about.clock);
  if (!message) return;
  const row = await insertMessage(message);
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

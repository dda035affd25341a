/** What the chain of a treatment episode is told: all facts of the episode anew, as the message `episodeEvent`. */
import type { TimeScale } from '../../engine/time/time-scale.ts';
import type { NewMessage } from '../messaging/messages.ts';
import { type EarlierTouch, earlierTouches } from '../processes/followUp/earlier-touches.ts';
import { chainOf } from '../processes/followUp/follow-up-row.ts';
import { findFollowUp, isResumable } from '../processes/followUp/follow-up-store.ts';
import { type EpisodeFacts, episodeFacts } from './episode-facts.ts';
import { eventsOfEpisode, type HospitalEvent, isEpisodeOfOther, reoperationsElsewhere } from './hospital-events.ts';

export const episodeEvent = 'episodeEvent';

/** So long the facts wait for somebody to take them where nobody can at once. */
const keptForMs = 30 * 86_400_000;

interface EpisodeFactsMessage extends EpisodeFacts {
  patient: string;
  /** The chain's key: numbers of episodes are a facility's own. */
  episode: string;
  /** Grows with each event known: older facts change nothing. */
  revision: number;
  /** What an earlier run of the chain has carried out: it is not done again. */
  earlier?: EarlierTouch[];
}

export interface EpisodeOf {
  episode: string;
  patient: string;
  facility: string;
}

/**
 * @param clock of the chain's process time, where it is not real time
 * @returns undefined where the episode is another patient's
 */
export async function episodeMessage(
  { episode, patient, facility }: EpisodeOf,
  sender: NewMessage['sender'],
  clock?: TimeScale,
): Promise<NewMessage | undefined> {
  if (await isEpisodeOfOther({ episode, patient, facility })) return undefined;
  const events = await eventsOfEpisode(episode, patient, facility);
  const elsewhere = await reoperationsElsewhere(episode, patient, facility, operationsOf(events));
  const chain = chainOf(facility, episode);
  const before = await findFollowUp(chain);
  const earlier = before ? earlierTouches(before) : [];
  const told: EpisodeFactsMessage = {
    patient,
    episode: chain,
    ...episodeFacts(events, elsewhere.length > 0),
    revision: [...events, ...elsewhere].reduce((sum, { replaced = 0 }) => sum + 1 + replaced, 0),
    ...(earlier.length > 0 && { earlier }),
  };
  const publishedAt = new Date().toISOString();
  // The same facts begin a chain once, and once more each time that its end is undone.
  const again = before && isResumable(before) ? ` after ${before.seq}` : '';
  const id = `${episodeEvent} ${chain} ${patient} ${told.revision}${again}`;
  return {
    _id: id,
    name: episodeEvent,
    correlationKey: chain,
    variables: { ...told },
    digest: id,
    facility,
    reach: [facility],
    sender,
    ...(clock && { clock }),
    publishedAt,
    until: new Date(Date.parse(publishedAt) + keptForMs).toISOString(),
  };
}

/** Of the last one only: those before it have been replaced in their own episode. */
function operationsOf(events: readonly HospitalEvent[]): string[] {
  const all = events.flatMap(({ occurrence }) => (occurrence.type === 'operated' ? [occurrence.operation] : []));
  return [...new Set(all)].slice(-1);
}

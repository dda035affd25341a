/** Names and types of the follow-up process's own messages. */
import type { Touch } from '../../../store/processes/followUp/follow-up-row.ts';

export const followUpProcess = 'followUp';

/** Facts of an episode for its chain; starts the chain if there is none. Correlation key: the chain. */
const episodeEvent = 'episodeEvent';

/** A patient's reply to a letter. Correlation key: the chain. */
export const patientReplied = 'patientReplied';

/** The patient must not be contacted any more: all chains of the patient end. */
export const patientStopped = (patient: string): string => `patient.${patient}.stopped`;

/** Content of a message or signal about a patient, from the hospital's systems and the patient's cases. */
export const isFollowUpName = (name: string): boolean =>
  name === episodeEvent || /^patient\..+\.(stopped|complaint)$/s.test(name);

/** Answer of the query `followUpStatus`. */
export interface FollowUpStatus {
  episode: string;
  facility: string;
  patient: string;
  status: 'active' | 'completed' | 'terminated' | 'cancelled' | 'failed';
  planned: Touch[];
  done: Touch[];
  /** Planned once, and not carried out. */
  whyNot: Touch[];
  stopReason?: string;
}
export const followUpStatusQuery = 'followUpStatus';

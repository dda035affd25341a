/** Names and shapes of the follow-up process's own messages. */
import type { Touch } from '../../../store/processes/followUp/follow-up-row.ts';

export const followUpProcess = 'followUp';

/** What happened in an episode, to its chain; it begins the chain where there is none. Key: the chain. */
export const episodeEvent = 'episodeEvent';
export interface EpisodeFactsTold {
  patient: string;
  /** The chain's key. */
  episode: string;
  department: string;
  kind: string;
  inpatient: boolean;
  need: string;
  round: number;
  /** Grows with each event known: older facts change nothing. */
  revision: number;
  anchors: Record<string, { on: string; ref: string }[]>;
}

/** The patient has answered a letter: `reply` is what they wrote. Key: the chain. */
export const patientReplied = 'patientReplied';

/** Nobody contacts the patient any more: all chains of the patient end. */
export const patientStopped = (patient: string): string => `patient.${patient}.stopped`;

/** Of a message or signal about a patient: it says what the hospital's systems and the cases of the patient have told. */
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

/** Projection of a follow-up chain: each touch with its outcome. */
import type { InstanceRow, ProcessRow } from '../../runtime/rows.ts';

/**
 * `planned`: scheduled. `open`: in progress. `moved`: its date was moved before it began. `replaced`: void because of a
 * re-operation. `overdue`: known too late to be made up for. `skipped`: the patient may not be contacted. `stopped`:
 * the chain was stopped before. Other values are outcomes of completed touches.
 */
export type TouchState = string;

export interface Touch {
  /** Kind and anchor date: `sutures-reminder@R0/2027-03-09`. */
  id: string;
  touch: string;
  channel: 'message' | 'call' | 'task';
  dueAt: string;
  state: TouchState;
  begunAt?: string;
  endedAt?: string;
  /** Reason why it was not carried out. */
  because?: string;
  /** Derivation of its time: anchor date, offset (ISO 8601 duration), and local time. */
  from?: { anchor: string; on: string; offset: string; at: string };
  /** It became known after its time and is made up for. */
  late?: boolean;
  questionnaire?: string;
  /** Scores of 1 to 5 (0: not experienced) and choices by question; no texts. */
  answers?: Record<string, string>;
  /** When a red flag was found. */
  urgentAt?: string;
  /** Score of an answered questionnaire: 20 to 100. */
  score?: number;
  redFlag?: boolean;
  /** Case number of a resulting complaint. */
  caseNumber?: string;
}

/** Key of the chain of an episode: episode numbers are unique within a facility. */
export const chainOf = (facility: string, episode: string): string => `${facility}-${episode}`;

/** Episode number of a chain. */
export const episodeIn = (chain: string, facility: string): string => chain.slice(facility.length + 1);

export interface FollowUpRow extends ProcessRow {
  /** Key of the chain: facility and episode number. */
  _id: string;
  episode: string;
  patient: string;
  status: InstanceRow['status'];
  touches: Touch[];
  nextDueAt?: string;
  stopReason?: string;
  incident: boolean;
  updatedAt: string;
}

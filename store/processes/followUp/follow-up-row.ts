/** What the process of a follow-up chain tells of it: each touch with what became of it. */
import type { InstanceRow, ProcessRow } from '../../runtime/rows.ts';

/**
 * `planned`: on its day. `open`: begun. `moved`: its day was moved away before it began. `replaced`: a re-operation made it void.
 * `overdue`: known too late to be made up for. `skipped`: nobody may contact the patient. `stopped`: the chain was stopped before.
 * Anything else is how it ended.
 */
export type TouchState = string;

export interface Touch {
  /** What it is and what day it is counted from: `sutures-reminder@R0/2027-03-09`. */
  id: string;
  touch: string;
  channel: 'message' | 'call' | 'task';
  dueAt: string;
  state: TouchState;
  begunAt?: string;
  endedAt?: string;
  /** Of what was not carried out. */
  because?: string;
  /** Why this minute: the day it is counted from, how far (ISO 8601 duration), and the local time. */
  from?: { anchor: string; on: string; offset: string; at: string };
  /** It became known after its minute, and is made up for. */
  late?: boolean;
  questionnaire?: string;
  /** Marks of 1 to 5 (0: not experienced) and choices by question; no texts. */
  answers?: Record<string, string>;
  /** When a red flag was found. */
  urgentAt?: string;
  /** Of a questionnaire that was answered: 20 to 100. */
  score?: number;
  redFlag?: boolean;
  /** Of a complaint that came out of it. */
  caseNumber?: string;
}

export interface FollowUpRow extends ProcessRow {
  /** Key of the chain: facility and number of the episode. */
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

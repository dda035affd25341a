/** The port of a message gateway: what carries letters to people, by SMS or into files. A hospital adds its own by filling it. */
import type { Lane } from '../store/messaging/outbox.ts';

/** A letter as it is handed over. */
export interface Parcel {
  /** Unique: comes back in receipts and is asked for by `query`. */
  id: string;
  facility: string;
  /** A role id, a staff id, or `patient`. */
  to: string;
  /** Telephone number of a patient. */
  address?: string;
  lane: Lane;
  channel: string;
  template?: string;
  subject: string;
  body: string;
  data?: Record<string, unknown>;
  createdAt: string;
  /** IANA zone of the facility. */
  zone: string;
}

export type SendOutcome =
  | { kind: 'accepted'; providerId: string }
  /** The gateway has answered, and does not carry it. */
  | { kind: 'rejected'; code: string; message: string; retry: Retry }
  /** It certainly did not get there: nobody listened. */
  | { kind: 'unreached'; reason: string }
  /** Nobody knows whether it got there: it is asked for, and never sent again blindly. */
  | { kind: 'unknown'; reason: string };

/** `pause-lane`: nothing of this lane goes out until somebody has looked after it. */
export type Retry = 'never' | 'pause-lane' | { afterMs: number };

/** What the gateway says of a letter that was handed over. */
export type QueryOutcome =
  | { kind: 'accepted'; providerId: string }
  | { kind: 'delivered'; providerId: string }
  | { kind: 'failed'; code: string; message: string }
  /** It has none of this id. */
  | { kind: 'missing' }
  | { kind: 'unknown'; reason: string };

/** Which letter is asked for. */
export interface Handed {
  id: string;
  address?: string;
  providerId?: string;
  facility: string;
  createdAt: string;
  /** When it was handed over. */
  handedAt: string;
}

export interface Gateway {
  name: string;
  /** Carries to telephones: invented persons are refused. */
  reachesPeople: boolean;
  /** How many letters one call takes at most. */
  batchSize: number;
  /**
   * Never throws. One answer for each letter, in order: a slow one holds up no others.
   * @param deadline after it nobody waits for the answers
   */
  send(batch: readonly Parcel[], deadline: AbortSignal): Promise<SendOutcome>[];
  /** Never throws. */
  query(handed: Handed, deadline: AbortSignal): Promise<QueryOutcome>;
}

/** The port of a message gateway, which sends letters to people by SMS or into files. A hospital adds its own by implementing it. */
import type { Lane } from '../store/messaging/outbox.ts';

/** A letter as passed to the gateway. */
export interface Parcel {
  id: string;
  /** The id as 32 characters, as carriers accept it; returned in receipts and used by `query`. */
  mark: string;
  facility: string;
  /** A role id, a staff id, or `patient`. */
  to: string;
  /** Phone number of a patient. */
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
  /** Refused by the gateway. `personRefuses`: the person has opted out. */
  | { kind: 'rejected'; code: string; message: string; retry: Retry; personRefuses?: true }
  /** Certainly not sent: no connection. */
  | { kind: 'unreached'; reason: string }
  /** Outcome unknown: queried later, never resent blindly. */
  | { kind: 'unknown'; reason: string };

/** `pause-lane`: nothing of this lane is sent until an operator has resolved the problem. */
export type Retry = 'never' | 'pause-lane' | { afterMs: number };

/** Result of a query for a letter that was handed over. */
export type QueryOutcome =
  | { kind: 'accepted'; providerId: string }
  | { kind: 'delivered'; providerId: string }
  | { kind: 'failed'; code: string; message: string }
  /** The gateway does not know this id. */
  | { kind: 'missing' }
  | { kind: 'unknown'; reason: string };

/** The letter to query. */
export interface Handed {
  id: string;
  mark: string;
  address?: string;
  providerId?: string;
  facility: string;
  createdAt: string;
  /** Time of the hand-over. */
  handedAt: string;
}

export interface Gateway {
  name: string;
  /** Sends to phones: invented people are refused. */
  reachesPeople: boolean;
  /** Pretends to send: only for databases of local starts (demo-database.ts). */
  simulated?: true;
  /** Of an SMS carrier: the text it puts before each message, with its brackets. Counts toward the length. */
  signature?: string;
  /** Reports later what became of a letter; letters without a report are queried at night. */
  tellsReceipts: boolean;
  /** Maximum number of letters per call. */
  batchSize: number;
  /** Where a person can read what it has sent, by a browser on the same machine. */
  page?: string;
  /**
   * Never throws. One result per letter, in order.
   * @param deadline when results are no longer awaited
   */
  send(batch: readonly Parcel[], deadline: AbortSignal): Promise<SendOutcome>[];
  /** Never throws. */
  query(handed: Handed, deadline: AbortSignal): Promise<QueryOutcome>;
}

/** Delivery receipt, reported later by the carrier. */
export interface Receipt {
  mark?: string;
  providerId?: string;
  delivered: boolean;
  /** Reason of the failure. */
  code?: string;
  personRefuses?: true;
}

/** SMS reply of a patient. */
export interface Reply {
  /** Unique: the carrier's id, or a digest of the content. */
  id: string;
  /** Phone number. */
  from: string;
  text: string;
}

/** Webhooks of a carrier for receipts and replies. Bodies are parsed as sent; an invalid one throws a zod error. */
export interface Callbacks {
  parseReceipts(body: unknown): Receipt[];
  parseReplies(body: unknown): Reply[];
  /** Response that acknowledges the callback. */
  taken: Record<string, string | number>;
}

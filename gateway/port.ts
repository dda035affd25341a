/** The port of a message gateway: what carries letters to people, by SMS or into files. A hospital adds its own by filling it. */
import type { Lane } from '../store/messaging/outbox.ts';

/** A letter as it is handed over. */
export interface Parcel {
  id: string;
  /** The id in 32 letters, as carriers take it: comes back in receipts and is asked for by `query`. */
  mark: string;
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
  /** The gateway has answered, and does not carry it. `personRefuses`: that person wants no more messages. */
  | { kind: 'rejected'; code: string; message: string; retry: Retry; personRefuses?: true }
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
  mark: string;
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

/** What became of a letter, as the carrier tells it later. */
export interface Receipt {
  mark?: string;
  providerId?: string;
  delivered: boolean;
  /** Why not. */
  code?: string;
  personRefuses?: true;
}

/** What somebody has answered by SMS. */
export interface Reply {
  /** Unique: of the carrier, or made of all that it says. */
  id: string;
  /** Telephone number. */
  from: string;
  text: string;
}

/** How a carrier tells of receipts and replies: it calls us. Bodies are read as they come; what does not fit is an error of zod. */
export interface Callbacks {
  parseReceipts(body: unknown): Receipt[];
  parseReplies(body: unknown): Reply[];
  /** What it is answered so that it does not tell it again. */
  taken: Record<string, string | number>;
}

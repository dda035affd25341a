/** What sends messages to people: SMS, mail, WeChat Work, or files. One interface, so that a hospital adds its own. */
export interface OutgoingMessage {
  /** Unique: a gateway that can, uses it to send once only. */
  id: string;
  facility: string;
  /** A role id, a staff id, or `patient`. */
  to: string;
  channel: string;
  template?: string;
  subject: string;
  body: string;
  data?: Record<string, unknown>;
  createdAt: string;
  /** IANA zone of the facility. */
  zone: string;
}

export interface Gateway {
  name: string;
  /**
   * @param deadline after it nobody waits for the answer, and the letter is sent again later
   * @returns the receipt of whoever carries it
   * @throws when it could not be handed over. An outage (outage.ts) is waited out; anything else is a refusal of this letter, tried again
   *   several times and then given up
   */
  send(message: OutgoingMessage, deadline: AbortSignal): Promise<{ receipt: string }>;
}

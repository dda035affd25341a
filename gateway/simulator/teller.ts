/** Sends receipts and replies to Careloop, as carriers do; retries after 1, 5 and 10 minutes, then gives up. */
import type { Clock } from './clock.ts';
import type { Message } from './messages.ts';

export interface Teller {
  /** Returns after the first try. @param settled called once it was accepted or given up */
  receipt(message: Message, settled: (receipt: Message['receipt']) => void): Promise<void>;
  reply(reply: { from: string; text: string; at: string }): Promise<void>;
}

export interface TellerSettings {
  clock: Clock;
  /** `http://127.0.0.1:8080/api/callbacks/<secret>`; absent: nothing is sent. */
  callbacks?: string;
}

const againAfterMs = [60_000, 300_000, 600_000];
const answerMs = 10_000;

export function createTeller({ clock, callbacks }: TellerSettings): Teller {
  async function tell(what: 'receipts' | 'replies', one: object): Promise<boolean> {
    try {
      const { ok } = await fetch(`${callbacks}/${what}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify([one]),
        signal: AbortSignal.timeout(answerMs),
      });
      return ok;
    } catch {
      return false;
    }
  }
  async function tellUntilTaken(
    what: 'receipts' | 'replies',
    one: object,
    settled: (isTaken: boolean) => void,
    time = 0,
  ): Promise<void> {
    if (await tell(what, one)) return settled(true);
    const inMs = againAfterMs[time];
    if (inMs === undefined) return settled(false);
    clock.after(inMs, () => tellUntilTaken(what, one, settled, time + 1));
  }
  return {
    async receipt({ id, mark, state, code }, settled) {
      if (callbacks === undefined) return settled('lost');
      const receipt = { id, mark, delivered: state === 'delivered', ...(code !== undefined && { code }) };
      await tellUntilTaken('receipts', receipt, (isTaken) => settled(isTaken ? 'told' : 'refused'));
    },
    async reply({ from, text, at }) {
      if (callbacks === undefined) return;
      await tellUntilTaken('replies', { id: `${from} ${at} ${text}`, from, text }, () => undefined);
    },
  };
}

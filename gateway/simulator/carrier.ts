/** The simulated carrier: accepts or rejects letters and later sends receipts, by its scenario. */
import { localDate } from '../../engine/time/zone.ts';
import type { Clock } from './clock.ts';
import { roll } from './dice.ts';
import type { Message, Messages } from './messages.ts';
import type { Scenario } from './scenario.ts';
import type { Teller } from './teller.ts';

export type Incoming = Pick<Message, 'mark' | 'address' | 'text' | 'lane' | 'facility'>;

export type Taken =
  | { kind: 'accepted'; id: string }
  | { kind: 'rejected'; code: RejectCode }
  /** No answer. */
  | { kind: 'silent' }
  /** An outage. */
  | { kind: 'away' };

export type RejectCode = 'content-barred' | 'number-barred' | 'number-limit' | 'busy' | 'day-limit' | 'no-balance';

export interface Carrier {
  scenario: Scenario;
  isAway(): boolean;
  take(letter: Incoming): Promise<Taken>;
  /** A query for a letter. */
  find(mark: string): Message | undefined;
  /** A patient answers. */
  reply(address: string, text: string): Promise<void>;
}

export interface CarrierParts {
  scenario: Scenario;
  clock: Clock;
  messages: Messages;
  teller: Teller;
}

/** Whether something happens to one sending of a letter. */
type Chances = (what: string, chance: number) => boolean;

/** Its days are those of China. */
const zone = 'Asia/Shanghai';

export function createCarrier({ scenario, clock, messages, teller }: CarrierParts): Carrier {
  const tries = new Map<string, number>();
  const iso = () => new Date(clock.now()).toISOString();

  const change = (message: Message, about: Partial<Message>): Message => {
    const changed = { ...(messages.byId(message.id) ?? message), ...about };
    messages.keep(changed);
    return changed;
  };
  const chances =
    (mark: string, time: number): Chances =>
    (what, chance) =>
      chance > 0 && roll(carrier.scenario.seed, what, mark, time) < chance;
  const tellReceipt = (message: Message): Promise<void> =>
    teller.receipt(message, (receipt) => void change(message, { receipt }));
  const settle = (message: Message, happens: Chances): Message =>
    change(
      message,
      happens('failed', carrier.scenario.receipt.failed)
        ? { state: 'failed', code: 'UNDELIVERED' }
        : { state: 'delivered' },
    );

  /** Delivery is decided some time after acceptance; its receipt may come later still. */
  async function planReceipt(message: Message, happens: Chances): Promise<void> {
    const { receipt } = carrier.scenario;
    if (happens('early', receipt.early)) return tellReceipt(settle(message, happens));
    clock.after(receipt.afterMs, async () => {
      const settled = settle(message, happens);
      if (happens('lost', receipt.lost)) return void change(settled, { receipt: 'lost' });
      const times = happens('doubled', receipt.doubled) ? 2 : 1;
      const tell = async () => {
        for (let time = 0; time < times; time += 1) await tellReceipt(settled);
      };
      if (happens('late', receipt.late)) clock.after(receipt.lateMs, tell);
      else await tell();
    });
  }

  function takenToday(address?: string): Message[] {
    const today = localDate(iso(), zone);
    return messages
      .all()
      .filter((one) => localDate(one.takenAt, zone) === today && (address === undefined || one.address === address));
  }

  function refusalOf({ address, text }: Incoming, happens: Chances): RejectCode | undefined {
    const { bannedWords, caps, reject } = carrier.scenario;
    if (bannedWords.some((word) => text.includes(word))) return 'content-barred';
    if (caps.inAll !== undefined && takenToday().length >= caps.inAll) return 'day-limit';
    if (caps.perNumber !== undefined && takenToday(address).length >= caps.perNumber) return 'number-limit';
    if (happens('reject-never', reject.never)) return 'number-barred';
    if (happens('reject-later', reject.later)) return 'busy';
    return happens('reject-pause', reject.pause) ? 'no-balance' : undefined;
  }

  function planReply({ address }: Message, happens: Chances, mark: string): void {
    const { seed, reply } = carrier.scenario;
    if (!happens('reply', reply.chance)) return;
    const text = reply.texts[Math.floor(roll(seed, 'text', mark) * reply.texts.length)] ?? '';
    clock.after(reply.afterMs, () => carrier.reply(address, text));
  }

  const carrier: Carrier = {
    scenario,
    isAway: () => carrier.scenario.outages.some(({ from, to }) => iso() >= from && iso() < to),
    async take(letter) {
      if (carrier.isAway()) return { kind: 'away' };
      const { mark } = letter;
      const time = (tries.get(mark) ?? 0) + 1;
      tries.set(mark, time);
      const happens = chances(mark, time);
      const code = refusalOf(letter, happens);
      if (code) return { kind: 'rejected', code };
      const { silent } = carrier.scenario;
      if (happens('silent-lost', silent.lost)) return { kind: 'silent' };
      const unanswered = happens('silent-sent', silent.sent);
      const id = `S${messages.count() + 1}`;
      const message: Message = { ...letter, id, takenAt: iso(), state: 'taken', unanswered, receipt: 'due', asked: 0 };
      messages.keep(message);
      await planReceipt(message, happens);
      planReply(message, happens, mark);
      return unanswered ? { kind: 'silent' } : { kind: 'accepted', id };
    },
    find(mark) {
      const message = messages.byMark(mark);
      return message && change(message, { asked: message.asked + 1 });
    },
    reply: (address, text) => teller.reply({ from: address, text, at: iso() }),
  };
  // Of an earlier process.
  for (const message of messages.all().filter(({ receipt }) => receipt === 'due'))
    void planReceipt(message, chances(message.mark, 1));
  return carrier;
}

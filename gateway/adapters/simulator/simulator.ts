/** SMS by the simulated carrier (gateway/simulator/): reaches no telephone. Like real carriers it does not deduplicate. */
import { z } from 'zod';
import type { Gateway, Parcel, QueryOutcome, Retry, SendOutcome } from '../../port.ts';
import { outcomeOfError, outcomeOfStatus, reasonOf } from '../outage.ts';

export interface SimulatorAccount {
  /** `http://127.0.0.1:8082` */
  url: string;
  /** Without its brackets. */
  signName: string;
}

const takenSchema = z.object({ id: z.string() });
const rejectedSchema = z.object({ code: z.string() });
const stateSchema = z.object({
  id: z.string(),
  state: z.enum(['taken', 'delivered', 'failed']),
  code: z.string().default(''),
});

const hourMs = 3_600_000;
const retries: Record<string, Retry> = {
  'content-barred': 'never',
  'number-barred': 'never',
  'number-limit': { afterMs: hourMs },
  busy: { afterMs: 1000 },
  'day-limit': 'pause-lane',
  'no-balance': 'pause-lane',
};

export function simulatorGateway({ url, signName }: SimulatorAccount): Gateway {
  async function sendOne(parcel: Parcel, deadline: AbortSignal): Promise<SendOutcome> {
    const { mark, address = '', lane, facility, body } = parcel;
    try {
      const response = await fetch(`${url}/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ mark, address, text: `【${signName}】${body}`, lane, facility }),
        signal: deadline,
      });
      const answer: unknown = await response.json();
      const taken = takenSchema.safeParse(answer);
      if (taken.success) return { kind: 'accepted', providerId: taken.data.id };
      const rejected = rejectedSchema.safeParse(answer);
      if (!rejected.success) return outcomeOfStatus(response.status);
      const { code } = rejected.data;
      return { kind: 'rejected', code, message: 'The simulated carrier refuses it.', retry: retries[code] ?? 'never' };
    } catch (error) {
      return outcomeOfError(error);
    }
  }
  return {
    name: 'simulator',
    reachesPeople: false,
    simulated: true,
    tellsReceipts: true,
    signature: `【${signName}】`,
    batchSize: 32,
    page: url,
    send: (batch, deadline) => batch.map((parcel) => sendOne(parcel, deadline)),
    async query({ mark }, deadline): Promise<QueryOutcome> {
      try {
        const response = await fetch(`${url}/messages/${encodeURIComponent(mark)}`, { signal: deadline });
        if (response.status === 404) return { kind: 'missing' };
        const found = stateSchema.safeParse(await response.json());
        if (!found.success) return { kind: 'unknown', reason: `HTTP ${response.status}` };
        const { id: providerId, state, code } = found.data;
        if (state === 'failed') return { kind: 'failed', code, message: 'Not delivered.' };
        return { kind: state === 'delivered' ? 'delivered' : 'accepted', providerId };
      } catch (error) {
        return { kind: 'unknown', reason: reasonOf(error) };
      }
    },
  };
}

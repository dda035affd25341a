/** Reservations are given back, after a rejection for instance: those of the refund that asks, or of the refunds that the case has called. */
import { z } from 'zod';
import { releaseHeld } from '../../store/processes/refund/payments.ts';
import { defineJob } from './job.ts';

export const releaseRefund = defineJob({
  type: 'release-refund',
  description: {
    zh: '释放退款或该事项的各笔退款所预留的金额；已支付的不受影响。',
    en: 'Gives back what the refund, or the refunds of the case that asks, have reserved; what is paid stays paid.',
  },
  movesMoney: true,
  execution: { kind: 'local' },
  input: z.object({}),
  output: z.object({ reserved: z.literal(false) }),
  async work(_input, { instance, startedAt, facility, now: at }) {
    await releaseHeld({ instance, facility, at, ...(startedAt !== undefined && { startedAt }) });
    return { reserved: false };
  },
});

/** Callbacks of the simulated carrier: receipts and replies, each as a list. */
import { z } from 'zod';
import type { Callbacks } from '../../port.ts';

const receipts = z
  .array(z.object({ id: z.string(), mark: z.string(), delivered: z.boolean(), code: z.string().exactOptional() }))
  .max(500);
const replies = z.array(z.object({ id: z.string(), from: z.string().min(1), text: z.string().max(2000) })).max(500);

export const simulatorCallbacks: Callbacks = {
  taken: { code: 0 },
  parseReceipts: (body) => receipts.parse(body).map(({ id, ...receipt }) => ({ providerId: id, ...receipt })),
  parseReplies: (body) => replies.parse(body).map((reply) => ({ ...reply, id: `simulator ${reply.id}` })),
};

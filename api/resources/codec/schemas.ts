/** Payloads as Temporal's UI and CLI send them to a remote codec: protobuf JSON with bytes in base64. */
import { z } from '../../http/zod.ts';

const bytes = z
  .string()
  .max(8_000_000)
  .regex(/^[A-Za-z0-9+/]*={0,2}$/, 'must be base64');

const payload = z.object({ metadata: z.record(z.string(), bytes).optional(), data: bytes.optional() });

const example = {
  payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'eyJkZWNpc2lvbiI6ImFwcHJvdmUifQ==' }],
};

export const payloadsSchema = z
  // Protobuf JSON omits an empty list.
  .object({ payloads: z.array(payload).max(10_000).default([]) })
  .openapi('CodecPayloads', { example });

/** Sent by the UI; payloads are never stored externally here. */
export const codecQuery = z.object({ preserveStorageRefs: z.string().optional() });

export type PayloadJson = z.output<typeof payload>;

/** Message templates of a definition (`messages.json`). */
import { z } from '../../http/zod.ts';

const text = z.strictObject({ subject: z.string().min(1).max(200), body: z.string().min(1).max(4000) });

/** By id: Chinese, and optionally English. `{name}` is a placeholder for a job input. */
export const messageTemplates = z.record(
  z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'Lower-case letters, digits and hyphens only.'),
  // zod-to-openapi takes an `exactOptional` member for required.
  z.strictObject({ zh: text, en: text.exactOptional() }).openapi({ required: ['zh'] }),
);

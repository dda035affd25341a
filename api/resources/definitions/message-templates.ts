/** Texts of messages to people, as a definition brings them (`messages.json`). */
import { z } from 'zod';

const text = z.strictObject({ subject: z.string().min(1).max(200), body: z.string().min(1).max(4000) });

/** By id: Chinese, and English where there is any. `{name}` stands for a value that the job is given. */
export const messageTemplates = z.record(
  z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'Lower-case letters, digits and hyphens only.'),
  z.strictObject({ zh: text, en: text.exactOptional() }),
);

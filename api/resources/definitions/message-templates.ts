/** Message templates of a definition (`messages.json`). */

import { variableKinds } from '../../../engine/model/template-variable.ts';
import { z } from '../../http/zod.ts';

const text = z.strictObject({ subject: z.string().min(1).max(200), body: z.string().min(1).max(4000) });

// zod-to-openapi takes an `exactOptional` member for required.
const variables = z.record(
  z.string(),
  z
    .strictObject({ kind: z.enum(variableKinds), maxLength: z.int().min(1).max(500).exactOptional() })
    .openapi({ required: ['kind'] }),
);

/** By id: Chinese, and optionally English. `{name}` is a placeholder for a job input. */
export const messageTemplates = z.record(
  z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'Lower-case letters, digits and hyphens only.'),
  z
    .strictObject({ zh: text, en: text.exactOptional(), variables: variables.exactOptional() })
    .openapi({ required: ['zh'] }),
);

/** Maps our message templates to the carrier's, as carriers send approved templates only. Loaded from a file, by template id. */

import { z } from 'zod';
import { ownValue } from '../../engine/model/own-property.ts';
import type { Parcel, SendOutcome } from '../port.ts';

/** `variables`: names of values in the order of the carrier's template. */
export const smsTemplates = z.record(
  z.string(),
  z.strictObject({ code: z.string().min(1), variables: z.array(z.string()).default([]) }),
);
export type SmsTemplates = z.output<typeof smsTemplates>;

export interface FilledTemplate {
  code: string;
  /** Values in order. */
  values: [name: string, value: string][];
}

export function fillTemplate(templates: SmsTemplates, { template, data }: Parcel): FilledTemplate | SendOutcome {
  const known = ownValue(templates, template ?? '');
  if (!known) return refused('template-unknown', `There is no carrier template for "${template ?? ''}".`);
  const missing = known.variables.filter((name) => data?.[name] === undefined || data[name] === null);
  if (missing.length > 0) return refused('value-missing', `"${template}" needs ${missing.join(', ')}.`);
  return { code: known.code, values: known.variables.map((name) => [name, String(data?.[name])]) };
}

const refused = (code: string, message: string): SendOutcome => ({ kind: 'rejected', code, message, retry: 'never' });

/** In the carriers' format: mainland numbers with country code, others unchanged. */
export const internationalNumber = (digits: string): string =>
  /^1\d{10}$/.test(digits) ? `+86${digits}` : `+${digits}`;

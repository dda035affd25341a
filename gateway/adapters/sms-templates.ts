/** Which template of a carrier stands for which of ours: carriers send none but those they have approved. A file, by id. */
import { z } from 'zod';
import type { Parcel, SendOutcome } from '../port.ts';

/** `variables`: names of values in the order in which the carrier's template has them. */
export const smsTemplates = z.record(
  z.string(),
  z.strictObject({ code: z.string().min(1), variables: z.array(z.string()).default([]) }),
);
export type SmsTemplates = z.output<typeof smsTemplates>;

export interface FilledTemplate {
  code: string;
  /** In order. */
  values: [name: string, value: string][];
}

export function fillTemplate(templates: SmsTemplates, { template, data }: Parcel): FilledTemplate | SendOutcome {
  const known = template !== undefined && Object.hasOwn(templates, template) ? templates[template] : undefined;
  if (!known) return refused('template-unknown', `No template of the carrier stands for "${template ?? ''}".`);
  const missing = known.variables.filter((name) => data?.[name] === undefined || data[name] === null);
  if (missing.length > 0) return refused('value-missing', `"${template}" needs ${missing.join(', ')}.`);
  return { code: known.code, values: known.variables.map((name) => [name, String(data?.[name])]) };
}

const refused = (code: string, message: string): SendOutcome => ({ kind: 'rejected', code, message, retry: 'never' });

/** As carriers take it: a mainland number with its country, others as they are. */
export const internationalNumber = (digits: string): string =>
  /^1\d{10}$/.test(digits) ? `+86${digits}` : `+${digits}`;

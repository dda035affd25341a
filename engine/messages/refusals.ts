/** Refusals: why a request to an instance is not carried out, by stable code. */

import type { Json } from '../model/plan.ts';
import type { Refusal } from '../model/types.ts';
import type { RefusalCode } from './catalogue.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

export type { RefusalCode } from './catalogue.ts';

export function refusal(code: RefusalCode, details?: Json): Refusal {
  const message = { zh: zh.refusals[code].message, en: en.refusals[code].message };
  const hint = { zh: zh.refusals[code].hint, en: en.refusals[code].hint };
  return details === undefined ? { code, message, hint } : { code, message, hint, details };
}

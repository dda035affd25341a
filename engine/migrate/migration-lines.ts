/** What a migration's report says of each wait, in both languages. */

import type { MigrationLineCode } from '../messages/catalogue.ts';
import { en } from '../messages/en.ts';
import { refusal } from '../messages/refusals.ts';
import { zh } from '../messages/zh.ts';
import type { LocalizedText } from '../model/plan.ts';
import type { Refusal } from '../model/types.ts';

/** @param more the other element or flow, or why something cannot be evaluated */
export function migrationLineText(
  code: MigrationLineCode,
  name: string,
  more: string | LocalizedText = '',
): LocalizedText {
  const both = typeof more === 'string' ? { zh: more, en: more } : more;
  return { zh: zh.migrationLines[code](name, both.zh), en: en.migrationLines[code](name, both.en) };
}

/** @param elements ids that the old definition (left side of the mapping) or the new one (right side) does not have */
export function mappingUnknown(elements: string[]): Refusal {
  const { message, ...rest } = refusal('mapping-unknown', { elements });
  return {
    ...rest,
    message: {
      zh: message.zh.replace('。', `：${elements.join('、')}。`),
      en: message.en.replace(/\.$/, `: ${elements.join(', ')}.`),
    },
  };
}

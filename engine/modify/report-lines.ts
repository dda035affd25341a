/** What a modification's report says of each change, in both languages. */

import type { ModificationLineCode } from '../messages/catalogue.ts';
import { en } from '../messages/en.ts';
import { zh } from '../messages/zh.ts';
import type { LocalizedText } from '../model/plan.ts';

export const modificationLineText = (code: ModificationLineCode, name: string): LocalizedText => ({
  zh: zh.modificationLines[code](name),
  en: en.modificationLines[code](name),
});

/** Every word of the console in Chinese, a file for each part of it; other languages have the same keys. */
import { audit } from './audit.ts';
import { bulk } from './bulk.ts';
import { calendar } from './calendar.ts';
import { casePage } from './case.ts';
import { common } from './common.ts';
import { definitions } from './definitions.ts';
import { figures } from './figures.ts';
import { files } from './files.ts';
import { frame } from './frame.ts';
import { inbox } from './inbox.ts';
import { letters } from './letters.ts';
import { ops } from './ops.ts';
import { patients } from './patients.ts';
import { publish } from './publish.ts';
import { related } from './related.ts';
import { rules } from './rules.ts';
import { settings } from './settings.ts';
import { staff } from './staff.ts';
import { start } from './start.ts';
import { substitutes } from './substitutes.ts';

export const zh = {
  ...audit,
  ...bulk,
  ...calendar,
  ...casePage,
  ...common,
  ...definitions,
  ...figures,
  ...files,
  ...frame,
  ...inbox,
  ...letters,
  ...ops,
  ...patients,
  ...publish,
  ...related,
  ...rules,
  ...settings,
  ...staff,
  ...start,
  ...substitutes,
} as const;

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
import { related } from './related.ts';
import { rules } from './rules.ts';
import { settings } from './settings.ts';
import { staff } from './staff.ts';
import { start } from './start.ts';
import { studio } from './studio.ts';
import { substitutes } from './substitutes.ts';
import { texts } from './texts.ts';

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
  ...related,
  ...rules,
  ...settings,
  ...staff,
  ...start,
  ...studio,
  ...substitutes,
  ...texts,
} as const;

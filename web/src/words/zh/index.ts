/** Every word of the console in Chinese, a file for each part of it; other languages have the same keys. */
import { casePage } from './case.ts';
import { common } from './common.ts';
import { definitions } from './definitions.ts';
import { frame } from './frame.ts';
import { inbox } from './inbox.ts';
import { ops } from './ops.ts';
import { start } from './start.ts';

export const zh = { ...casePage, ...common, ...definitions, ...frame, ...inbox, ...ops, ...start } as const;

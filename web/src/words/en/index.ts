/** Every word of the console in English. */
import type { Catalogue } from '../index.ts';
import { casePage } from './case.ts';
import { common } from './common.ts';
import { definitions } from './definitions.ts';
import { frame } from './frame.ts';
import { inbox } from './inbox.ts';
import { ops } from './ops.ts';
import { start } from './start.ts';

export const en: Catalogue = { ...casePage, ...common, ...definitions, ...frame, ...inbox, ...ops, ...start };

/** Pinyin initials of names: `zs` finds 张三. */
import { pinyin } from 'pinyin-pro';

export const initialsOf = (name: string): string =>
  pinyin(name, { pattern: 'first', toneType: 'none' }).replaceAll(/\s/g, '').toLowerCase();

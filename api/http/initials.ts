/** Pinyin initials of names: 张三 is found by `zs`. */
import { pinyin } from 'pinyin-pro';

export const initialsOf = (name: string): string =>
  pinyin(name, { pattern: 'first', toneType: 'none' }).replaceAll(/\s/g, '').toLowerCase();

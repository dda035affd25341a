/** A touch in words: why it is planned for its time, or why it did not take place. */
import type { Touch } from '../../../store/processes/followUp/follow-up-row.ts';
import { anchorNames, named, reasonNames, stateNames, touchNames, type Words } from './touch-words.ts';

export interface TouchView extends Touch {
  name: Words;
  stateName: Words;
  /** Where this version of the process has planned it. */
  why?: Words;
}

export function touchView(touch: Touch): TouchView {
  const why = whyOf(touch);
  return {
    ...touch,
    name: named(touchNames, touch.touch),
    stateName: named(stateNames, touch.state),
    ...(why && { why }),
  };
}

/** Sentences: the anchor date, lateness, and the reason why not. */
function whyOf({ from, late, because }: Touch): Words | undefined {
  const parts: Words[] = [];
  if (from) {
    const anchor = named(anchorNames, from.anchor);
    const distance = distanceOf(from.offset);
    parts.push({
      zh: `${anchor.zh}（${from.on}）${distance.zh} ${from.at}`,
      en: `${distance.en} ${anchor.en} (${from.on}) at ${from.at}`,
    });
  }
  if (late) parts.push({ zh: '得知时已过此刻，一天之内补做', en: 'known after that minute, made up for within a day' });
  if (because !== undefined) parts.push(named(reasonNames, because));
  if (parts.length === 0) return undefined;
  return { zh: `${parts.map(({ zh }) => zh).join('；')}。`, en: `${capital(parts.map(({ en }) => en).join('; '))}.` };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** @param offset `P1D`, `-P1D`, `P3M` */
function distanceOf(offset: string): Words {
  const [, minus = '', number = '0', unit = 'D'] = /^(-?)P(\d+)([DM])$/.exec(offset) ?? [];
  if (number === '0') return { zh: '当天', en: 'on the day of' };
  const plural = number === '1' ? '' : 's';
  return {
    zh: `${minus ? '前' : '后'} ${number} ${unit === 'M' ? '个月' : '天'}`,
    en: `${number} ${unit === 'M' ? 'month' : 'day'}${plural} ${minus ? 'before' : 'after'}`,
  };
}

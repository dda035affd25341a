/** Words of a letter: channel, reason of its state, and times. */
import { instantInWords } from '../../../parts/time.ts';
import type { WordsInUse } from '../../../words/index.ts';
import { letters } from '../../../words/zh/letters.ts';
import type { Letter } from '../runtime-queries.ts';

const worded = (key: string): key is keyof typeof letters => Object.hasOwn(letters, key);

/** A code that the console does not know is shown as it is. */
function codeInWords(kind: 'reason' | 'channel', code: string, t: WordsInUse['t']): string {
  const key = `letters.${kind}.${code}`;
  // No code has holes to fill.
  return worded(key) ? t(key as `letters.reason.refused`) : code;
}

export const reasonInWords = (reason: string, t: WordsInUse['t']): string => codeInWords('reason', reason, t);
export const channelInWords = (channel: string, t: WordsInUse['t']): string => codeInWords('channel', channel, t);

/** The times that matter in its state. */
export function timesInWords(letter: Letter, { t, language }: Pick<WordsInUse, 't' | 'language'>): string[] {
  const { status, createdAt, dueAt, sentAt, deliveredAt, attempts, outages = 0 } = letter;
  const at = (time: string) => instantInWords(time, { language });
  return [
    t('letters.written', { time: at(createdAt) }),
    ...(status === 'queued' ? [t('letters.next', { time: at(dueAt) })] : []),
    ...(status === 'unknown' ? [t('letters.ask', { time: at(dueAt) })] : []),
    ...(sentAt === undefined ? [] : [t('letters.sentAt', { time: at(sentAt) })]),
    ...(deliveredAt === undefined ? [] : [t('letters.deliveredAt', { time: at(deliveredAt) })]),
    ...(attempts > 0 ? [t('letters.attempts', { n: attempts })] : []),
    ...(outages > 0 ? [t('letters.outages', { n: outages })] : []),
  ];
}

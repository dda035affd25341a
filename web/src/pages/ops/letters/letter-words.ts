/** Words of a letter: channel, reason of its state, and times. */
import { instantInWords } from '../../../parts/time.ts';
import type { WordKey, WordsInUse } from '../../../words/index.ts';
import { letters } from '../../../words/zh/letters.ts';
import type { Letter } from '../runtime-queries.ts';

type Code<Kind extends string> = WordKey extends infer Key
  ? Key extends `letters.${Kind}.${infer Code}`
    ? Code
    : never
  : never;

const isWorded = <Kind extends 'reason' | 'channel'>(kind: Kind, code: string): code is Code<Kind> =>
  Object.hasOwn(letters, `letters.${kind}.${code}`);

// A code that the console does not know is shown as it is.

export const reasonInWords = (reason: string, t: WordsInUse['t']): string =>
  isWorded('reason', reason) ? t(`letters.reason.${reason}`) : reason;

export const channelInWords = (channel: string, t: WordsInUse['t']): string =>
  isWorded('channel', channel) ? t(`letters.channel.${channel}`) : channel;

/** The times that matter in its state. */
export function timesInWords(letter: Letter, { t, language }: Pick<WordsInUse, 't' | 'language'>): string[] {
  const { status, createdAt, dueAt, sentAt, deliveredAt, attempts, outages = 0, segments } = letter;
  const at = (time: string) => instantInWords(time, { language });
  return [
    t('letters.written', { time: at(createdAt) }),
    ...(status === 'queued' ? [t('letters.next', { time: at(dueAt) })] : []),
    ...(status === 'unknown' ? [t('letters.ask', { time: at(dueAt) })] : []),
    ...(sentAt === undefined ? [] : [t('letters.sentAt', { time: at(sentAt) })]),
    ...(deliveredAt === undefined ? [] : [t('letters.deliveredAt', { time: at(deliveredAt) })]),
    ...(segments === undefined ? [] : [t('letters.segments', { n: segments })]),
    ...(attempts > 0 ? [t('letters.attempts', { n: attempts })] : []),
    ...(outages > 0 ? [t('letters.outages', { n: outages })] : []),
  ];
}

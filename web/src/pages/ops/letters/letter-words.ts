/** What is said of a letter: why it stands where it does, and what happened to it. */
import { instantInWords } from '../../../parts/time.ts';
import type { WordKey, WordsInUse } from '../../../words/index.ts';
import { letters } from '../../../words/zh/letters.ts';
import type { Letter } from '../runtime-queries.ts';

type Reason = WordKey extends infer Key ? (Key extends `letters.reason.${infer Code}` ? Code : never) : never;

const isKnown = (reason: string): reason is Reason => Object.hasOwn(letters, `letters.reason.${reason}`);

/** A code that the console does not know yet is shown as it is. */
export const reasonInWords = (reason: string, t: WordsInUse['t']): string =>
  isKnown(reason) ? t(`letters.reason.${reason}`) : reason;

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

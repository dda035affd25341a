/** Texts of the scheduler of a definition: results of acts, and details for the Temporal UI. */
import { scheduleFailureWords } from '../../engine/messages/schedule-failures.ts';
import type { LocalizedText } from '../../engine/model/plan.ts';
import { localTimeText } from '../runtime/display-names.ts';
import type { Schedule } from './schedule.ts';

export function describeNext({ dueAt, zone, paused }: Schedule): LocalizedText {
  if (paused) return { zh: '已暂停。', en: 'Paused.' };
  if (dueAt === null) return { zh: '不再触发。', en: 'It fires no more.' };
  return { zh: `下次 ${localTimeText(dueAt, zone)}。`, en: `Next at ${dueAt}.` };
}

export const begunInWords = (instance: string): LocalizedText => ({
  zh: `已启动 ${instance}。`,
  en: `Began ${instance}.`,
});

export function failedInWords({ failure }: Schedule): LocalizedText {
  const { zh, en } = scheduleFailureWords(failure?.code ?? 'begin-failed');
  return { zh: `未能启动：${zh}将自动重试。`, en: `It could not begin and is tried again by itself. ${en}` };
}

/** Markdown. */
export function detailsInWords(process: string, version: number | null, schedules: readonly Schedule[]): string {
  const lines = schedules.map((one) => {
    const { failure, last } = one;
    const why = failure
      ? `，**未能启动：${scheduleFailureWords(failure.code).zh}**自 ${localTimeText(failure.since, one.zone)}，将自动重试`
      : '';
    const before = last ? `，上次 ${localTimeText(last.scheduledAt, one.zone)} 启动 ${last.instance}` : '';
    return `- 「${one.elementName}」${one.facility}（${one.expression}）：${describeNext(one).zh}${before}${why}`;
  });
  return [`**定时启动 ${process}**，版本 ${version ?? '—'}`, ...lines].join('  \n');
}

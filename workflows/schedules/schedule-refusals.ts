/** What the scheduler of a definition says: refusals, answers, details for the Temporal UI. */
import type { LocalizedText } from '../../engine/model/plan.ts';
import type { Refusal } from '../../engine/model/types.ts';
import { localTimeText } from '../runtime/display-names.ts';
import type { Schedule } from './schedule.ts';

export const refusals = {
  'unknown-schedule': {
    code: 'unknown-schedule',
    message: { zh: '没有这个定时启动。', en: 'There is no such schedule in the newest version.' },
    hint: { zh: '请查看最新版本的定时启动列表。', en: 'See the schedules of the newest version.' },
  },
  'already-paused': {
    code: 'already-paused',
    message: { zh: '它已经暂停。', en: 'It is paused already.' },
    hint: { zh: '恢复后会继续。', en: 'Resume it to have it go on.' },
  },
  'not-paused': {
    code: 'not-paused',
    message: { zh: '它没有暂停。', en: 'It is not paused.' },
    hint: { zh: '无需恢复。', en: 'There is nothing to resume.' },
  },
  malformed: {
    code: 'malformed',
    message: { zh: '请求的内容不完整或格式不对。', en: 'The payload of this update is incomplete or malformed.' },
    hint: { zh: '请对照接口说明。', en: 'See workflows/schedules/schedule-messages.ts for its shape.' },
  },
} as const satisfies Record<string, Refusal>;

export function describeNext({ dueAt, zone, paused }: Schedule): LocalizedText {
  if (paused) return { zh: '已暂停。', en: 'Paused.' };
  if (dueAt === null) return { zh: '不再触发。', en: 'It fires no more.' };
  return { zh: `下次 ${localTimeText(dueAt, zone)}。`, en: `Next at ${dueAt}.` };
}

export const begunInWords = (instance: string): LocalizedText => ({
  zh: `已启动 ${instance}。`,
  en: `Began ${instance}.`,
});

export const failedInWords = ({ failure }: Schedule): LocalizedText => ({
  zh: `未能启动：${failure?.message ?? '原因不明'} 将自动重试。`,
  en: `It could not begin (${failure?.code ?? 'unknown'}) and is tried again by itself.`,
});

/** Markdown. */
export function detailsInWords(process: string, version: number | null, schedules: readonly Schedule[]): string {
  const lines = schedules.map((one) => {
    const { failure, last } = one;
    const why = failure ? `，**未能启动：${failure.message}**` : '';
    const before = last ? `，上次 ${localTimeText(last.scheduledAt, one.zone)} 启动 ${last.instance}` : '';
    return `- 「${one.elementName}」${one.facility}（${one.expression}）：${describeNext(one).zh}${before}${why}`;
  });
  return [`**定时启动 ${process}**，版本 ${version ?? '—'}`, ...lines].join('  \n');
}

/** Why a schedule could not begin an instance, by the code of the failure. Its message is the technical text, in one language. */
import type { IncidentCode } from '../model/incidents.ts';
import type { LocalizedText } from '../model/plan.ts';
import { incidentCodes, incidentTitle } from './incidents.ts';

const words: Record<string, LocalizedText> = {
  'begin-failed': { zh: '启动请求没有成功。', en: 'The request to start it failed.' },
  'business-key-too-long': { zh: '业务编号过长。', en: 'The business key is too long.' },
  'never-due': { zh: '定时循环没有任何一次到期。', en: 'The cycle is never due.' },
  'too-often': { zh: '定时循环过于频繁。', en: 'The cycle is due too often.' },
  'no-working-day': { zh: '工作日历中没有可计入的工作日。', en: 'The working calendar has no working day to count.' },
  Unavailable: { zh: '数据库暂时不可用。', en: 'The database is unavailable.' },
  'unknown-definition': { zh: '该版本的流程未部署。', en: 'This version of the definition is not deployed.' },
  'unknown-facility': {
    zh: '没有这个院区，或院区没有工作日历。',
    en: 'There is no such facility, or it has no working calendar.',
  },
  'unknown-zone': { zh: '没有这个时区。', en: 'There is no such time zone.' },
};

const notATime: LocalizedText = {
  zh: '定时表达式得到的不是日期、时长或循环。',
  en: 'The timer expression is no date, duration or cycle.',
};

const isIncident = (code: string): code is IncidentCode => (incidentCodes as string[]).includes(code);

export function scheduleFailureWords(code: string): LocalizedText {
  if (words[code]) return words[code];
  if (!isIncident(code)) return notATime;
  const { zh, en } = incidentTitle(code);
  return { zh: `${zh}。`, en: `${en}.` };
}

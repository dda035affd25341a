/** Incidents in both languages. */

import type { Incident, IncidentCode, IncidentParams } from '../model/incidents.ts';
import type { LocalizedText } from '../model/plan.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

export const incidentCodes = Object.keys(zh.incidents) as IncidentCode[];

export const incidentTitle = (code: IncidentCode): LocalizedText => ({
  zh: zh.incidents[code].title,
  en: en.incidents[code].title,
});

export const incidentMessage = (params: IncidentParams): LocalizedText => ({
  zh: zh.incident(params),
  en: en.incident(params),
});

export const incidentHint = (code: IncidentCode): LocalizedText => ({
  zh: zh.incidents[code].hint,
  en: en.incidents[code].hint,
});

/** Title, message and hint as one text. A cause from a worker or an expression often has no full stop. */
export function incidentSummary({ code, params }: Pick<Incident, 'code' | 'params'>): LocalizedText {
  const title = incidentTitle(code);
  const message = incidentMessage(params);
  const hint = incidentHint(code);
  return {
    zh: `${title.zh}：${closed(message.zh, '。')}${hint.zh}`,
    en: `${title.en}: ${closed(message.en, '.')} ${hint.en}`,
  };
}

const closed = (text: string, stop: string): string => (/[。！？.!?]$/.test(text) ? text : `${text}${stop}`);

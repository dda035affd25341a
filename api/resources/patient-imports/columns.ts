/** Import formats: columns by Chinese heading, and the events of a row. */
import { ownValue } from '../../../engine/model/own-property.ts';
import type { EventBody } from '../hospital-events/schemas.ts';

export const importKinds = ['patients', 'visits', 'purchases'] as const;
export type ImportKind = (typeof importKinds)[number];

/** Parses a non-empty cell; undefined: invalid. */
type Read = (cell: string) => unknown;

export interface Column {
  heading: string;
  field: string;
  read: Read;
  required?: true;
  /** Meaning of a numeric cell of a workbook in this column; default: the number. */
  holds?: 'day' | 'time';
  /** Description of valid values. */
  zh: string;
  en: string;
}

const anyText: Pick<Column, 'read' | 'zh' | 'en'> = { read: (cell) => cell, zh: '文字', en: 'text' };
const day: Pick<Column, 'read' | 'holds' | 'zh' | 'en'> = {
  holds: 'day',
  read: (cell) => {
    const found = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(cell);
    if (!found) return undefined;
    const iso = [found[1], found[2]?.padStart(2, '0'), found[3]?.padStart(2, '0')].join('-');
    const at = new Date(`${iso}T00:00:00Z`);
    return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== iso ? undefined : iso;
  },
  zh: '日期，如 2026-11-04',
  en: 'a date such as 2026-11-04',
};
const clockTime: Pick<Column, 'read' | 'holds' | 'zh' | 'en'> = {
  holds: 'time',
  read: (cell) => {
    const [date = '', time = '00:00'] = cell.split(/[ T]/);
    const on = day.read(date);
    return typeof on === 'string' && /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(time) ? `${on}T${time}` : undefined;
  },
  zh: '日期和时间，如 2026-11-04 15:30',
  en: 'a date with a time such as 2026-11-04 15:30',
};
const yuan: Pick<Column, 'read' | 'zh' | 'en'> = {
  read: (cell) => (/^\d{1,9}(\.\d{1,2})?$/.test(cell) ? Math.round(Number(cell) * 100) : undefined),
  zh: '金额（元），如 1980 或 1980.50',
  en: 'an amount in yuan such as 1980 or 1980.50',
};
const oneOf = (values: Record<string, unknown>): Pick<Column, 'read' | 'zh' | 'en'> => ({
  read: (cell) => ownValue(values, cell),
  zh: Object.keys(values).join('、'),
  en: `one of ${Object.keys(values).join(', ')}`,
});
const yesNo = oneOf({ 是: true, 否: false });

export const importColumns: Record<ImportKind, Column[]> = {
  patients: [
    { heading: '病案号', field: 'number', required: true, ...anyText },
    { heading: '姓名', field: 'name', required: true, ...anyText },
    { heading: '性别', field: 'sex', ...oneOf({ 女: 'female', 男: 'male' }) },
    { heading: '出生日期', field: 'bornOn', ...day },
    { heading: '历法', field: 'birthCalendar', ...oneOf({ 公历: 'solar', 农历: 'lunar' }) },
    { heading: '闰月', field: 'leapMonth', ...yesNo },
    { heading: '手机', field: 'phone', ...anyText },
    { heading: '地址', field: 'address', ...anyText },
    { heading: '电邮', field: 'email', ...anyText },
    { heading: '职业', field: 'occupation', ...anyText },
    { heading: '服务同意', field: 'service', ...yesNo },
    { heading: '营销同意', field: 'marketing', ...yesNo },
    { heading: '影像同意', field: 'portrait', ...yesNo },
    { heading: '同意方式', field: 'consentChannel', ...anyText },
    { heading: '同意日期', field: 'consentOn', ...day },
  ],
  visits: [
    { heading: '就诊号', field: 'number', required: true, ...anyText },
    { heading: '疗程号', field: 'episode', required: true, ...anyText },
    { heading: '病案号', field: 'patient', required: true, ...anyText },
    { heading: '科室', field: 'department', required: true, ...anyText },
    { heading: '时间', field: 'at', required: true, ...clockTime },
    {
      heading: '类型',
      field: 'kind',
      required: true,
      ...oneOf({
        初诊: 'first',
        复诊: 'revisit',
        换药: 'dressing',
        治疗: 'treatment',
        手术: 'surgery',
        拆线: 'sutures',
      }),
    },
    { heading: '咨询师', field: 'consultedBy', ...anyText },
    { heading: '医生', field: 'doctor', ...anyText },
    { heading: '住院', field: 'inpatient', ...yesNo },
    { heading: '计划拆线日', field: 'suturesDueOn', ...day },
  ],
  purchases: [
    { heading: '订单号', field: 'number', required: true, ...anyText },
    { heading: '疗程号', field: 'episode', ...anyText },
    { heading: '病案号', field: 'patient', required: true, ...anyText },
    { heading: '日期', field: 'on', required: true, ...day },
    { heading: '项目', field: 'item', required: true, ...anyText },
    { heading: '类别', field: 'kind', required: true, ...oneOf({ 手术: 'surgical', 非手术: 'non-surgical' }) },
    { heading: '金额', field: 'amountCents', required: true, ...yuan },
    { heading: '退款额', field: 'refundedCents', ...yuan },
  ],
};

export type Values = Record<string, unknown>;
/** Events before validation against the event schema. */
type Draft = Omit<EventBody, 'data' | 'type'> & { type: string; data: Values };

const source = 'import';
const defined = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/**
 * Events of a row. They precede all events of the hospital's systems (sequence 0), in order of time.
 * @param at converts a local date and time of the facility to an instant
 */
export function eventsOfRow(
  kind: ImportKind,
  values: Values,
  facility: string,
  at: (local: string) => string,
): Draft[] {
  const number = String(values['number']);
  const event = (type: string, occurredAt: string, data: Values, more: Values = {}): Draft => ({
    source,
    id: [kind, number, type, ...Object.values(more)].join('/'),
    type,
    occurredAt,
    sequence: 0,
    facility,
    patient: String(values['patient'] ?? number),
    ...(values['episode'] !== undefined && { episode: String(values['episode']) }),
    data: defined({ ...data, ...more }),
  });
  switch (kind) {
    case 'patients':
      return patientEvents(values, event, at);
    case 'visits':
      return [visitEvent(number, values, event, at(String(values['at'])))];
    case 'purchases': {
      const when = at(`${values['on']}T00:00`);
      const { item, amountCents, refundedCents, kind: treatment } = values;
      const bought = event('purchased', when, { order: number, item, kind: treatment, amountCents });
      if (refundedCents === undefined) return [bought];
      return [bought, event('refunded', when, { order: number, amountCents: refundedCents })];
    }
  }
}

type MakeEvent = (type: string, occurredAt: string, data: Values, more?: Values) => Draft;

function patientEvents(values: Values, event: MakeEvent, at: (local: string) => string): Draft[] {
  const { number: _, service, marketing, portrait, consentChannel = '导入', consentOn, ...details } = values;
  const since = at(`${consentOn ?? '2000-01-01'}T00:00`);
  const consents = Object.entries({ service, marketing, portrait }).filter(([, given]) => given !== undefined);
  return [
    event('patientChanged', at('2000-01-01T00:00'), details),
    ...consents.map(([purpose, given]) =>
      event('consentChanged', since, { given, wording: 'import', channel: consentChannel }, { purpose }),
    ),
  ];
}

function visitEvent(visit: string, values: Values, event: MakeEvent, when: string): Draft {
  const { kind, department, consultedBy, doctor, inpatient = false, suturesDueOn } = values;
  switch (kind) {
    case 'surgery':
      return event('operated', when, { operation: visit, department, inpatient, suturesDueOn });
    case 'treatment':
      return event('treated', when, { visit, department });
    case 'sutures':
      return event('suturesRemoved', when, {});
    default:
      return event('visited', when, { visit, kind, department, consultedBy, doctor });
  }
}

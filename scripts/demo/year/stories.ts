/** Forty patients through a year: what the hospital tells of each, and what they answer when they are called. */
import { drawn, personNumbered, pick } from '../../seed/patients/people.ts';

export type Facility = 'BJ' | 'SH' | 'CD';

export interface CallAnswer {
  outcome: 'reached' | 'no-answer' | 'busy' | 'off' | 'refused' | 'wrong-number';
  overall?: string;
  recommend?: string;
  remark?: string;
  redFlag?: boolean;
  openComplaint?: boolean;
}

export interface Told {
  /** Day on which it is told, and happens unless `on` says otherwise; days are counted from the beginning of the clock. */
  day: number;
  hour: number;
  on?: number;
  type: string;
  data: Record<string, unknown>;
  /** More of the data: days to be told as dates. */
  days?: Record<string, number>;
  isOfPatient?: true;
}

/** The patient answers a letter with R; where no simulated carrier is there to take it, the hospital tells it. */
export const optOut = 'opt-out';

export type Plot =
  | 'consultation'
  | 'course'
  | 'surgery'
  | 'operation-moved'
  | 'reoperation'
  | 'unanswered'
  | 'red-flag'
  | 'dissatisfied'
  | 'wrong-number'
  | 'opt-out'
  | 'consent-withdrawn'
  | 'transferred'
  | 'died';

export const plotNames: Record<Plot, string> = {
  consultation: '咨询未消费',
  course: '皮肤疗程',
  surgery: '手术',
  'operation-moved': '手术改期',
  reoperation: '再次手术',
  unanswered: '两次未接，改发短信',
  'red-flag': '危险信号',
  dissatisfied: '不满意，转投诉',
  'wrong-number': '号码有误',
  'opt-out': '退订营销短信',
  'consent-withdrawn': '撤回服务同意',
  transferred: '转院',
  died: '离世',
};

export interface Story {
  plot: Plot;
  facility: Facility;
  patient: string;
  phone: string;
  episode: string;
  told: Told[];
  /** What the patient says to a call of this kind. */
  answer(touch: string, attempt: number): CallAnswer;
}

/** The business key of its chain. */
export const chainOf = ({ facility, episode }: Story): string => `${facility}-${episode}`;

const plots: [Plot, number][] = [
  ['surgery', 9],
  ['course', 8],
  ['consultation', 6],
  ['operation-moved', 3],
  ['unanswered', 3],
  ['reoperation', 2],
  ['red-flag', 2],
  ['dissatisfied', 1],
  ['wrong-number', 1],
  ['opt-out', 2],
  ['consent-withdrawn', 1],
  ['transferred', 1],
  ['died', 1],
];
const facilities: Facility[] = ['BJ', 'SH', 'CD'];

/** @param run names the patients of this run, so that each plays ones of its own */
export function stories(run: string): Story[] {
  const all = plots.flatMap(([plot, many]) => Array.from({ length: many }, () => plot));
  return all.map((plot, index) => aStory(plot, index, run));
}

function aStory(plot: Plot, index: number, run: string): Story {
  const facility = facilities[index % facilities.length] ?? 'BJ';
  const number = `${run}-${String(index + 1).padStart(2, '0')}`;
  const lot = (what: string, of: number): number => drawn(`${index} ${what}`, of);
  const patient = `MR-${facility}-${number}`;
  const { phone: _, ...person } = personNumbered(facility, 1000 + index);
  const phone = `1380009${String(lot(`${run} phone`, 10_000)).padStart(4, '0')}`;
  const consent = { given: true, wording: '2026-01', channel: '纸质' };
  const events = eventsOf(plot, number, lot);
  // The record is there on the day before the first visit.
  const day = (events[0]?.day ?? 1) - 1;
  const about = (type: string, data: Record<string, unknown>): Told => ({
    day,
    hour: 9,
    type,
    data,
    isOfPatient: true,
  });
  const story: Omit<Story, 'told'> = {
    plot,
    facility,
    patient,
    phone,
    episode: `E-${number}`,
    answer: (touch, attempt) => answerOf(plot, touch, attempt, (of) => lot(`${touch} ${attempt}`, of)),
  };
  return {
    ...story,
    told: [
      about('patientChanged', { ...person, phone }),
      about('consentChanged', { ...consent, purpose: 'service' }),
      about('consentChanged', { ...consent, purpose: 'marketing' }),
      ...events,
    ],
  };
}

/** Most are glad, some are not there; a few say what the plot is about. */
function answerOf(plot: Plot, touch: string, attempt: number, lot: (of: number) => number): CallAnswer {
  const afterSurgery = touch === 'midterm-surgery';
  if (plot === 'unanswered' && afterSurgery) return { outcome: attempt === 1 ? 'no-answer' : 'busy' };
  if (plot === 'red-flag' && afterSurgery)
    return { outcome: 'reached', overall: '4', redFlag: true, remark: '伤口渗血，夜里发热。' };
  if (plot === 'dissatisfied' && touch === 'recovery-call')
    return { outcome: 'reached', overall: '2', openComplaint: true, remark: '恢复得不对称，问了几次没有人答复。' };
  if (plot === 'wrong-number' && touch === 'first-visit-satisfaction' && attempt === 1)
    return { outcome: 'wrong-number' };
  const luck = lot(100);
  if (luck < 12) return { outcome: pick(`${touch} ${luck}`, ['no-answer', 'busy', 'off'] as const) };
  if (luck < 14) return { outcome: 'refused' };
  return { outcome: 'reached', overall: luck < 60 ? '5' : luck < 96 ? '4' : '3', recommend: String(8 + (luck % 3)) };
}

type Lot = (what: string, of: number) => number;

/** Begins on a day of the first five months, so that a year of care is over or nearly so at the end. */
function eventsOf(plot: Plot, number: string, lot: Lot): Told[] {
  const begins = plot === 'dissatisfied' ? 170 : 2 + lot('begins', 150);
  const of = (after: number, type: string, data: Record<string, unknown>, days: Record<string, number> = {}): Told => ({
    day: begins + after,
    hour: 9 + lot(`${type} ${after}`, 8),
    type,
    data,
    days: Object.fromEntries(Object.entries(days).map(([name, day]) => [name, begins + day])),
  });
  const department = plot === 'course' ? 'dermatology' : plot === 'consultation' ? 'consultation' : 'plastic-surgery';
  const visited = (after: number, kind: string): Told =>
    of(after, 'visited', { visit: `V-${number}-${after}`, kind, department });
  const first = visited(0, 'first');
  if (plot === 'consultation') {
    const appointment = `A-${number}`;
    const comesNot = lot('comes', 3) === 0;
    const booked = of(0, 'booked', { appointment, what: 'visit' }, { plannedOn: 12 });
    return [first, booked, comesNot ? of(12, 'noShow', { appointment }) : visited(12, 'revisit')];
  }
  const purchased = (kind: string, amountCents: number): Told =>
    of(0, 'purchased', {
      order: `O-${number}`,
      item: kind === 'surgical' ? '双眼皮手术' : '光子嫩肤疗程',
      kind,
      amountCents,
    });
  if (plot === 'course') {
    const rounds = [3, 24, 45].flatMap((after) => [
      of(
        Math.max(0, after - 7),
        'booked',
        { appointment: `A-${number}-${after}`, what: 'treatment' },
        { plannedOn: after },
      ),
      of(after, 'treated', { visit: `V-${number}-${after}`, department }),
    ]);
    return [first, purchased('non-surgical', 198_000), ...rounds, of(48, 'courseEnded', {})];
  }
  const operated = (name: string, told: number, on: number, more: Record<string, unknown> = {}): Told => {
    const inpatient = lot('inpatient', 2) === 0;
    const need = pick(`${number} need`, ['A', 'B', 'C']);
    const data = { operation: `OP-${number}-${name}`, department, inpatient, need, ...more };
    return { ...of(told, 'operated', data, { suturesDueOn: on + 7 }), on: begins + on };
  };
  const care = [
    first,
    purchased('surgical', 1_280_000),
    operated('1', 2, 2),
    of(3, 'booked', { appointment: `A-${number}-5`, what: 'dressing' }, { plannedOn: 5 }),
    visited(5, 'dressing'),
    visited(9, 'sutures'),
    visited(20, 'revisit'),
  ];
  switch (plot) {
    case 'operation-moved':
      // Planned for day 4, then put off to day 11 and the sutures with it.
      return [
        first,
        purchased('surgical', 1_280_000),
        operated('1', 1, 4),
        of(3, 'moved', { what: 'surgery' }, { to: 11 }),
        of(3, 'moved', { what: 'sutures' }, { to: 18 }),
        visited(18, 'sutures'),
        visited(30, 'revisit'),
      ];
    case 'reoperation':
      return [...care, operated('2', 40, 40, { reoperationOf: `OP-${number}-1` }), visited(47, 'sutures')];
    case 'opt-out':
      return [...care, of(60, optOut, { purpose: 'marketing', given: false, wording: '2026-01', channel: '短信' })];
    case 'consent-withdrawn':
      return [
        ...care,
        of(50, 'consentChanged', { purpose: 'service', given: false, wording: '2026-01', channel: '电话' }),
      ];
    case 'transferred':
    case 'died':
      return [...care, of(70, plot, {})];
    default:
      return care;
  }
}

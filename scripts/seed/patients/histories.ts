/** What has happened to an invented patient: episodes as an aesthetic hospital has them, told as its systems tell them. */
import type { Occurrence } from '../../../store/patients/hospital-events.ts';
import { type DemoFacility, drawn, personNumbered, pick } from './people.ts';

export interface Happening {
  /** Local days before today. */
  daysAgo: number;
  /** Local hour. */
  hour: number;
  episode?: string;
  occurrence: Occurrence;
}

const surgeries = ['双眼皮手术', '隆鼻手术', '吸脂手术', '面部提升', '眼袋整形', '脂肪填充'];
const treatments = ['光子嫩肤疗程', '水光针疗程', '皮秒祛斑', '玻尿酸填充', '热玛吉', '激光脱毛'];
const doctors: Record<DemoFacility, string[]> = {
  BJ: ['许主任', '顾医生', '钟医生'],
  SH: ['陶主任', '邹医生', '柏医生'],
  CD: ['岳主任', '温医生', '霍医生'],
};
const consultants: Record<DemoFacility, string> = { BJ: '沈佳宁', SH: '陆思远', CD: '唐可心' };

/** A local day so many days before another; a negative number is after it. */
const daysBefore = (today: string, days: number): string =>
  new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10);

/**
 * Everything of one patient, oldest first.
 * @param today local day
 */
export function historyOf(facility: DemoFacility, n: number, today: string): Happening[] {
  const of = (what: string): string => `${facility} ${n} ${what}`;
  const happenings: Happening[] = [];
  const since = 5 + drawn(of('since'), 360);
  const told = (daysAgo: number, hour: number, occurrence: Occurrence, episode?: string): void => {
    happenings.push({ daysAgo, hour, ...(episode !== undefined && { episode }), occurrence });
  };
  told(since, 9, { type: 'patientChanged', ...personNumbered(facility, n) });
  for (const purpose of ['service', 'marketing', 'portrait'] as const) {
    // Some were asked for less, and some have thought better of it.
    if (purpose !== 'service' && drawn(of(purpose), 5) === 0) continue;
    const consent = {
      type: 'consentChanged',
      purpose,
      wording: '2026-01',
      channel: '纸质',
      proof: `CS-${facility}-${n}`,
    } as const;
    told(since, 9, { ...consent, given: purpose !== 'portrait' || drawn(of('portrait given'), 2) === 0 });
    if (purpose === 'marketing' && drawn(of('withdrawn'), 12) === 0 && since > 40)
      told(since - 30, 11, { ...consent, channel: '电话', given: false });
  }
  const episodes = 1 + drawn(of('episodes'), since > 120 ? 3 : 1);
  for (let episode = 1; episode <= episodes; episode += 1) {
    const begun = Math.max(2, Math.round(since - ((episode - 1) * since) / episodes));
    const number = `E-${facility}-${String(n).padStart(4, '0')}-${episode}`;
    const kind = episode === 1 ? n % 4 : drawn(of(`kind ${episode}`), 4);
    tellEpisode({ facility, number, begun, today, of: (what) => of(`${episode} ${what}`), told }, kind);
  }
  return happenings.sort((a, b) => b.daysAgo - a.daysAgo || a.hour - b.hour);
}

interface Telling {
  facility: DemoFacility;
  number: string;
  /** Days ago. */
  begun: number;
  today: string;
  of(what: string): string;
  told(daysAgo: number, hour: number, occurrence: Occurrence, episode?: string): void;
}

/** Came to ask and bought nothing; a course at the skin; an operation; one that was made again. */
function tellEpisode(telling: Telling, kind: number): void {
  const { facility, number, begun, today, of } = telling;
  const dayAfter = (after: number): string => daysBefore(today, begun - after);
  const told = (after: number, hour: number, occurrence: Occurrence): void =>
    telling.told(begun - after, hour, occurrence, number);
  /** What lies in the future is booked, and has not happened. */
  const happens = (after: number): boolean => after < begun;
  const department = kind === 1 ? 'dermatology' : kind === 0 ? 'consultation' : 'plastic-surgery';
  const doctor = pick(of('doctor'), doctors[facility]);
  const visit = (name: string): string => `V${number.slice(1)}-${name}`;
  const visited = { type: 'visited', department, doctor } as const;
  const consultedBy = consultants[facility];
  told(0, 10 + drawn(of('hour'), 7), { ...visited, visit: visit('1'), kind: 'first', consultedBy });
  if (kind === 0) return;
  const amountCents = (kind === 1 ? 1980 + 500 * drawn(of('price'), 12) : 9800 + 2000 * drawn(of('price'), 20)) * 100;
  const item = pick(of('item'), kind === 1 ? treatments : surgeries);
  told(0, 17, {
    type: 'purchased',
    order: `O${number.slice(1)}`,
    item,
    kind: kind === 1 ? 'non-surgical' : 'surgical',
    amountCents,
  });
  const booked = (what: 'dressing' | 'treatment' | 'visit', after: number, at: number): void => {
    const appointment = `A${number.slice(1)}-${what}-${after}`;
    told(at, 18, { type: 'booked', appointment, what, plannedOn: dayAfter(after) });
    const luck = drawn(of(`luck ${after}`), 14);
    if (luck === 1) told(at, 19, { type: 'cancelled', appointment });
    else if (happens(after) && luck === 0) told(after, 18, { type: 'noShow', appointment });
    else if (happens(after)) came(what, after);
  };
  const came = (what: 'dressing' | 'treatment' | 'visit', after: number): void => {
    if (what === 'treatment') told(after, 14, { type: 'treated', visit: visit(String(after)), department });
    else told(after, 11, { ...visited, visit: visit(String(after)), kind: what === 'visit' ? 'revisit' : what });
  };
  if (kind === 1) {
    for (const after of [3, 24, 45]) if (happens(after - 21)) booked('treatment', after, Math.max(0, after - 21));
    if (happens(48)) told(48, 10, { type: 'courseEnded' });
    return;
  }
  const operations = kind === 3 ? [2, 32] : [2];
  for (const [round, after] of operations.entries()) {
    if (!happens(after)) continue;
    const operation = `OP${number.slice(1)}-${round + 1}`;
    told(after, 13, {
      type: 'operated',
      operation,
      department,
      inpatient: drawn(of('inpatient'), 2) === 0,
      need: pick(of('need'), ['A', 'B', 'C'] as const),
      suturesDueOn: dayAfter(after + 7),
      ...(round > 0 && { reoperationOf: `OP${number.slice(1)}-${round}` }),
    });
    booked('dressing', after + 3, after);
    if (happens(after + 7)) told(after + 7, 15, { ...visited, visit: visit(String(after + 7)), kind: 'sutures' });
    if (happens(after + 7)) booked('visit', after + 21, after + 7);
  }
  if (drawn(of('money back'), 9) === 0 && happens(20))
    told(20, 16, { type: 'refunded', order: `O${number.slice(1)}`, amountCents: Math.round(amountCents / 5) });
}

/**
 * The rules of follow-up chains (docs/domain.md#follow-up-chains) once more, in plain arithmetic of days and minutes: no FEEL, no table,
 * nothing of the diagram. Times are minutes since 1970 on the clock of Beijing.
 */
import { dayText, type OracleDay, type OracleFacts } from './oracle-days.ts';

interface Expected {
  id: string;
  at: number;
  isCall: boolean;
  isTask: boolean;
  round: number | undefined;
}

const dayMinutes = 1440;

function monthsLater(day: number, months: number): number {
  const from = new Date(day * 86_400_000);
  const first = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1));
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return first.getTime() / 86_400_000 + Math.min(from.getUTCDate(), length) - 1;
}

/** All touches that the days of an episode ask for, at the time the rules give them. */
function wanted({ kind, department, inpatient, need, round, days }: OracleFacts): Expected[] {
  const all: Expected[] = [];
  const add = (
    what: string,
    day: OracleDay,
    on: number,
    hour: number,
    form: 'call' | 'task' | 'message',
    flags = '',
  ) => {
    all.push({
      id: `${what}@${day.ref}${flags.includes('d') ? `/${dayText(day.on)}` : ''}`,
      at: on * dayMinutes + hour * 60,
      isCall: form === 'call',
      isTask: form === 'task',
      round: flags.includes('r') ? round : undefined,
    });
  };
  for (const day of days['firstVisit'] ?? []) {
    add('first-visit-thanks', day, day.on + 1, 10, 'message');
    add('first-visit-satisfaction', day, day.on + 1, 14, 'call');
  }
  for (const day of days['revisit'] ?? []) add('revisit-thanks', day, day.on + 1, 10, 'message');
  for (const day of days['noShow'] ?? []) add('no-show-call', day, day.on, 15, 'call');
  for (const day of days['lastVisit'] ?? [])
    for (const n of [1, 2, 3]) add(`relationship-${n}`, day, day.on + 30 * n, 11, n < 3 ? 'call' : 'message', 'd');
  if (!inpatient)
    for (const day of days['dressing'] ?? []) add('dressing-reminder', day, day.on - 1, 10, 'message', 'd');
  for (const day of days['surgery'] ?? []) {
    if (inpatient) add('surgery-comfort', day, day.on + 1, 10, 'message', 'r');
    add('midterm-surgery', day, day.on + (need === 'A' ? 7 : 14), 15, 'call', 'r');
    for (const n of [1, 3, 6, 12]) add(`surgery-care-${n}`, day, monthsLater(day.on, n), 10.5, 'message', 'r');
  }
  for (const day of days['suturesDue'] ?? []) {
    add('sutures-reminder', day, day.on - 1, 10, 'message', 'rd');
    if (inpatient) add('sutures-call', day, day.on - 1, 14, 'call', 'rd');
    add('sutures-check', day, day.on, 19, 'task', 'rd');
  }
  for (const day of days['suturesRemoved'] ?? []) {
    add('sutures-confirmation', day, day.on + 1, 10, 'message', 'r');
    add('recovery-call', day, day.on + 45, 10, 'call', 'r');
    add('midterm-recovery', day, day.on + 90, 10, 'call', 'r');
  }
  const isSkin = department === 'dermatology';
  for (const day of days['treatmentDue'] ?? [])
    if (isSkin) add('treatment-reminder', day, day.on - 1, 10, 'message', 'd');
  for (const day of days['treated'] ?? []) if (isSkin) add('treatment-comfort', day, day.on + 1, 10, 'message');
  for (const day of days['courseEnded'] ?? []) {
    if (isSkin) add('course-thanks', day, day.on + 1, 10, 'message');
    if (kind === 'non-surgical') add('midterm-course', day, day.on + 7, 15, 'call');
  }
  for (const day of days['sampled'] ?? []) add('sample-call', day, day.on, 10, 'call');
  for (const day of days['audited'] ?? []) add('audit-call', day, day.on, 10, 'call');
  return all;
}

/** Now, or when the hours of its channel begin. */
function soonest(now: number, isCall: boolean): number {
  const day = Math.floor(now / dayMinutes);
  const hour = (now % dayMinutes) / 60;
  const [opens, closes] = isCall ? [9, 20] : [8, 21];
  if (hour < opens) return day * dayMinutes + opens * 60;
  return hour < closes ? now : (day + 1) * dayMinutes + opens * 60;
}

export interface OracleChain {
  facts: OracleFacts;
  plan: Expected[];
  begun: Map<string, Expected>;
  overdue: Set<string>;
  moved: Set<string>;
  /** Begun, not ended by then, and void by a re-operation. */
  replaced: Set<string>;
}

export function anOracle(facts: OracleFacts, now: number): OracleChain {
  const chain: OracleChain = {
    facts,
    plan: [],
    begun: new Map(),
    overdue: new Set(),
    moved: new Set(),
    replaced: new Set(),
  };
  planAnew(chain, now);
  return chain;
}

export function planAnew(chain: OracleChain, now: number): void {
  const { begun, overdue, moved } = chain;
  const due = wanted(chain.facts).filter(({ id }) => !begun.has(id) && !overdue.has(id));
  for (const { id, at } of due) if (at + dayMinutes < now) overdue.add(id);
  const before = chain.plan;
  chain.plan = due
    .filter(({ id }) => !overdue.has(id))
    .map((one) => (one.at < now ? { ...one, at: soonest(now, one.isCall) } : one))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const known = new Set([...chain.plan.map(({ id }) => id), ...begun.keys(), ...overdue]);
  for (const { id } of before) if (!known.has(id)) moved.add(id);
  for (const id of known) moved.delete(id);
}

/** Which of these, open now, nobody needs any more: a re-operation made them void, or the day they are about is another one. */
export function withdrawn(chain: OracleChain, open: Iterable<string>): { replaced: string[]; moved: string[] } {
  const stands = new Set(wanted(chain.facts).map(({ id }) => id));
  const replaced: string[] = [];
  const moved: string[] = [];
  for (const id of open) {
    const round = chain.begun.get(id)?.round;
    if (round !== undefined && round < chain.facts.round) replaced.push(id);
    else if (id.includes('/') && !stands.has(id)) moved.push(id);
  }
  return { replaced, moved };
}

/** When a call that nobody makes becomes a message: at 20:00 of the day after its own. */
export function callGivenUpAt(from: number): number {
  const day = Math.floor(from / dayMinutes) + ((from % dayMinutes) / 60 < 20 ? 0 : 1);
  return (day + 1) * dayMinutes + 20 * 60;
}

/** When it is tried again: four hours later, at 19:00 the same day at the latest; from 18:00 on the next morning. Never before 09:00. */
export function nextTryAt(now: number): number {
  const day = Math.floor(now / dayMinutes);
  const hour = (now % dayMinutes) / 60;
  if (hour >= 18) return (day + 1) * dayMinutes + 10 * 60;
  return Math.min(Math.max(now + 4 * 60, day * dayMinutes + 9 * 60), day * dayMinutes + 19 * 60);
}

/** What is due first is taken. */
export function takeNext(chain: OracleChain): Expected {
  const next = chain.plan.shift();
  if (!next) throw new Error('Nothing is planned.');
  chain.begun.set(next.id, next);
  planAnew(chain, next.at);
  return next;
}

/** When a chain with nothing left ends. */
export function endsAt({ facts }: OracleChain, now: number): number {
  const days = Object.values(facts.days).flatMap((all) => all.map(({ on }) => on));
  const last = days.length > 0 ? Math.max(...days) : Math.floor(now / dayMinutes);
  return Math.max(now, (last + 100) * dayMinutes + 720);
}

/** A chain that begins again: what was carried out counts, the rest is planned anew. */
export function resumed(
  { facts, begun, overdue }: OracleChain,
  results: Map<string, string>,
  now: number,
): OracleChain {
  const done = new Map([...begun].filter(([id]) => results.has(id)));
  const chain: OracleChain = { facts, plan: [], begun: done, overdue, moved: new Set(), replaced: new Set() };
  planAnew(chain, now);
  return chain;
}

/**
 * The days of an episode out of what the hospital told, in plain arithmetic: for each visit, operation and appointment the last word
 * counts. Shares nothing with the fold that the product uses.
 */

/** @param day counted since 1970 */
export const dayText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** An event as the random hospital makes it; days are counted since 1970. */
export interface Told {
  sequence: number;
  on: number;
  type: string;
  /** Of the visit, operation or appointment. */
  number?: string;
  kind?: string;
  department?: string;
  inpatient?: boolean;
  need?: string;
  sutures?: number;
  to?: number;
}

export interface OracleDay {
  on: number;
  ref: string;
}

export interface OracleFacts {
  kind: string;
  department: string;
  inpatient: boolean;
  need: string;
  round: number;
  days: Record<string, OracleDay[]>;
}

export function daysOf(unordered: readonly Told[]): OracleFacts {
  const all = [...unordered].sort((a, b) => a.sequence - b.sequence);
  const last = <T>(of: readonly T[]): T | undefined => of[of.length - 1];
  const of = (...types: string[]) => all.filter(({ type }) => types.includes(type));
  const numbers = (events: Told[]) => [...new Set(events.map(({ number = '' }) => number))];
  const lastWord = (events: Told[], number: string) => last(events.filter((one) => one.number === number)) as Told;

  const cameTo = numbers(of('visited', 'treated')).map((number) => {
    const one = lastWord(of('visited', 'treated'), number);
    return { on: one.on, ref: number, kind: one.type === 'treated' ? 'treatment' : one.kind, sequence: one.sequence };
  });
  const visits = (kind: string): OracleDay[] => cameTo.filter((one) => one.kind === kind);

  const operations = numbers(of('operated'));
  const operated = of('operated');
  const current = last(operations);
  const roundBegan = operated.find(({ number }) => number === current)?.sequence ?? 0;
  const round = Math.max(0, operations.length - 1);
  const ref = `R${round}`;
  const later = all.filter(({ sequence }) => sequence >= roundBegan);
  const dayOfOperation = (number: string): number => {
    const first = operated.find((one) => one.number === number)?.sequence ?? 0;
    const next = operated.find(
      (one) => one.sequence > first && operations.indexOf(one.number ?? '') > operations.indexOf(number),
    );
    const words = all.filter(
      (one) =>
        (one.type === 'operated' && one.number === number) ||
        (one.type === 'moved-surgery' &&
          one.sequence > first &&
          one.sequence < (next?.sequence ?? Number.POSITIVE_INFINITY)),
    );
    const word = last(words) as Told;
    return word.to ?? word.on;
  };

  const appointments = numbers(of('booked'));
  const booked = (kind: string): OracleDay[] =>
    appointments.flatMap((number) => {
      const words = of('booked', 'moved', 'cancelled', 'noShow').filter((one) => one.number === number);
      const from = words.findLastIndex(({ type }) => type === 'cancelled' || type === 'noShow');
      const valid = words.slice(from + 1);
      const begun = valid.findIndex(({ type }) => type === 'booked');
      const word = begun === -1 ? undefined : last(valid.slice(begun));
      const what = last(words.filter(({ type }) => type === 'booked'))?.kind;
      return word && what === kind ? [{ on: word.to as number, ref: number }] : [];
    });

  const due = suturesDue(all, roundBegan, current);
  const removal =
    last(later.filter(({ type }) => type === 'suturesRemoved')) ??
    last(
      cameTo
        .filter((one) => one.kind === 'sutures' && one.sequence > Math.max(roundBegan, due?.since ?? 0))
        .sort((a, b) => a.sequence - b.sequence),
    );
  const removedOn = removal && ('to' in removal && removal.to !== undefined ? removal.to : removal.on);

  const came = [
    ...cameTo,
    ...operations.map((number) => ({ on: dayOfOperation(number), ref: number })),
    ...(removedOn === undefined ? [] : [{ on: removedOn, ref }]),
  ];
  const lastDay = Math.max(...came.map(({ on }) => on));
  const ended = last(of('courseEnded'));
  const roundAt = (sequence: number) =>
    Math.max(0, new Set(operated.filter((one) => one.sequence < sequence).map(({ number }) => number)).size - 1);
  const firsts = visits('first').sort((a, b) => a.on - b.on);
  const bought = of('purchased').map(({ kind }) => kind);
  const isTreated = of('treated', 'courseEnded').length > 0 || of('visited').some(({ kind }) => kind === 'treatment');
  return {
    kind:
      current !== undefined || bought.includes('surgical')
        ? 'surgical'
        : isTreated || bought.length > 0
          ? 'non-surgical'
          : 'consultation',
    department: last(of('visited', 'treated', 'operated'))?.department ?? 'unknown',
    inpatient: last(operated)?.inpatient ?? false,
    need: last(operated.filter(({ need }) => need !== undefined))?.need ?? 'C',
    round,
    days: {
      firstVisit: firsts.slice(0, 1),
      revisit: visits('revisit'),
      dressing: booked('dressing'),
      surgery: current === undefined ? [] : [{ on: dayOfOperation(current), ref }],
      suturesDue: due && removedOn === undefined ? [{ on: due.on, ref }] : [],
      suturesRemoved: removedOn === undefined ? [] : [{ on: removedOn, ref }],
      treatmentDue: booked('treatment'),
      treated: visits('treatment'),
      courseEnded: ended ? [{ on: ended.on, ref: `R${roundAt(ended.sequence)}` }] : [],
      noShow: numbers(of('noShow')).map((number) => ({ on: lastWord(of('noShow'), number).on, ref: number })),
      lastVisit: came.length === 0 ? [] : [came.filter(({ on }) => on === lastDay).at(-1) as OracleDay],
    },
  };
}

/** The last plan for the sutures that was not taken back. */
function suturesDue(all: Told[], roundBegan: number, current: string | undefined) {
  let due: { on: number; since: number; by?: string } | undefined;
  const kinds = new Map<string, string>();
  const ofOperation = (until: number): number | undefined =>
    all.findLast(
      (one) =>
        one.type === 'operated' &&
        one.number === latestAt(all, until) &&
        one.sequence <= until &&
        one.sutures !== undefined,
    )?.sutures;
  for (const one of all) {
    const { type, number = '', sequence, to, sutures } = one;
    if (type === 'booked') kinds.set(number, one.kind ?? '');
    const isSutures = (type === 'booked' || (type === 'moved' && kinds.has(number))) && kinds.get(number) === 'sutures';
    if (isSutures) due = { on: to as number, since: sequence, by: number };
    if (type === 'moved-sutures') due = { on: to as number, since: sequence };
    if (type === 'operated') {
      const isFirst = all.find((other) => other.type === 'operated' && other.number === number) === one;
      const on = ofOperation(sequence);
      if (isFirst || sutures !== undefined) due = on === undefined ? undefined : { on, since: sequence };
    }
    if (type === 'cancelled' || type === 'noShow') {
      if (type === 'cancelled' && due?.by === number) {
        const on = ofOperation(sequence);
        due = on === undefined ? undefined : { on, since: due.since };
      }
      kinds.delete(number);
    }
  }
  return current === undefined || due === undefined || due.since >= roundBegan ? due : undefined;
}

function latestAt(all: Told[], until: number): string | undefined {
  const known = all.filter(({ type, sequence }) => type === 'operated' && sequence <= until);
  return [...new Set(known.map(({ number }) => number))].at(-1);
}

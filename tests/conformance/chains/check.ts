/** What became of a chain beside what the oracle says: each touch once or with its reason, none at night or after the end. */

import { anOracle } from '../../definitions/follow-up/oracle.ts';
import { daysOf, type OracleFacts, type Told } from '../../definitions/follow-up/oracle-days.ts';
import type { Episode } from './story.ts';

export interface TouchSeen {
  id: string;
  channel: string;
  state: string;
  dueAt: string;
  begunAt?: string;
  because?: string;
}

export interface ChainSeen {
  status: string;
  touches: TouchSeen[];
  /** Touches of its letters to the patient, and how often the carrier has taken each. */
  letters: { touch: string; status: string; taken: number }[];
}

const dayMinutes = 1440;
const minuteOf = (instant: string): number => Date.parse(instant) / 60_000 + 8 * 60;
const written = ['sent', 'message-instead'];
/** The hospital's systems tell of a day at nine. */
const toldAt = 9 * 60;
/** At the oracle's time before all: everything that is wanted is still to come. */
const wantedBy = (facts: OracleFacts) => anOracle(facts, 0).plan;

/** @param now of the process clock @returns what is wrong */
export function faultsOf(episode: Episode, seen: ChainSeen, now: string): string[] {
  const faults: string[] = [];
  const numbered = (told: Told): Told =>
    told.number === undefined ? told : { ...told, number: `${episode.name}-${told.number}` };
  const events = episode.told.flatMap(({ told }) => told.map(numbered));
  const heard = episode.told.map((_, at) =>
    daysOf(episode.told.slice(0, at + 1).flatMap(({ told }) => told.map(numbered))),
  );
  const earliest = new Map<string, number>();
  for (const facts of heard)
    for (const { id, at } of wantedBy(facts))
      earliest.set(id, Math.min(at, earliest.get(id) ?? Number.POSITIVE_INFINITY));
  const isKnownTooLate = (id: string): boolean =>
    heard.some((facts, index) => {
      const told = (episode.told[index]?.on ?? 0) * dayMinutes + toldAt;
      return wantedBy(facts).some((one) => one.id === id && one.at + dayMinutes < told);
    });
  const ids = seen.touches.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) faults.push('a touch stands there twice');
  for (const { id, channel, begunAt, state, dueAt } of seen.touches) {
    const wanted = earliest.get(id);
    if (wanted === undefined) faults.push(`${id} was never wanted`);
    if (state === 'overdue' && !isKnownTooLate(id)) faults.push(`${id} was passed by: it was due at ${dueAt}`);
    if (begunAt === undefined) continue;
    const minute = minuteOf(begunAt);
    const hour = (minute % dayMinutes) / 60;
    const [from, until] = channel === 'call' ? [9, 20] : [8, 21];
    if (wanted !== undefined && minute < wanted) faults.push(`${id} began at ${begunAt}, before its time ${dueAt}`);
    if (channel !== 'task' && (hour < from || hour >= until))
      faults.push(`${id} (${state}) began at night: ${begunAt}`);
    if (minute - minuteOf(dueAt) > dayMinutes) faults.push(`${id} began at ${begunAt}, long after ${dueAt}`);
    if (episode.stops !== undefined && minute > (episode.stops + 1) * dayMinutes)
      faults.push(`${id} began after the end`);
  }
  if (episode.stops === undefined)
    for (const { id, at } of wantedBy(daysOf(events))) {
      const touch = seen.touches.find((one) => one.id === id);
      if (!touch) faults.push(`${id} is missing`);
      else if (touch.state === 'planned' && at + 2 * dayMinutes < minuteOf(now)) faults.push(`${id} is still planned`);
    }
  const expected = seen.touches.filter(({ state }) => written.includes(state)).map(({ id }) => id);
  const letters = seen.letters.map(({ touch }) => touch);
  if (expected.sort().join() !== letters.sort().join())
    faults.push(`letters ${letters.join(' ')} instead of ${expected.join(' ')}`);
  for (const { touch, status, taken } of seen.letters)
    if (taken !== 1) faults.push(`the letter of ${touch} (${status}) was taken ${taken} times`);
  return faults;
}

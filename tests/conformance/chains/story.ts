/** Random episodes for chains on real servers: what the hospital tells on which day, and whether the patient leaves in between. */
import type { Told } from '../../definitions/follow-up/oracle-days.ts';
import { eventOf, firstEvent, nextEvents, randomFractions } from '../../definitions/follow-up/random-hospital.ts';

export interface Episode {
  name: string;
  patient: string;
  phone: string;
  /** As business key. */
  chain: string;
  /** In the order of being told; days since 1970. */
  told: { on: number; told: Told[] }[];
  /** Day on which the patient is transferred. */
  stops: number | undefined;
}

/** @param begins the first day of the clock, as days since 1970 */
export function randomEpisode(seed: number, n: number, { begins, days }: { begins: number; days: number }): Episode {
  const random = randomFractions(seed * 100_003 + n);
  const name = `${seed}-${n}`;
  const hospital = { random, told: [] };
  const first = begins + 3 + Math.floor(random() * days * 0.4);
  const told = [{ on: first, told: [firstEvent(hospital, first)] }];
  const times = Array.from({ length: Math.floor(random() * 8) }, () => first + 1 + Math.floor(random() * days * 0.3));
  for (const on of times.sort((a, b) => a - b)) {
    const events = nextEvents(hospital, on);
    if (events.length > 0) told.push({ on, told: events });
  }
  const stops = random() < 0.2 ? first + Math.floor(random() * days * 0.4) : undefined;
  const heard = told.filter(({ on }) => stops === undefined || on < stops);
  const phone = `1390000${String(n).padStart(4, '0')}`;
  return { name, phone, patient: `MR-BJ-${name}`, chain: `BJ-E-${name}`, told: heard, stops };
}

/** As `POST /api/events` takes it: numbers of visits, orders and appointments are a facility's own. */
export function requestOf({ name, patient }: Episode, told: Told, clock: object): object {
  const { occurrence, occurredAt, sequence } = eventOf({
    ...told,
    ...(told.number !== undefined && { number: `${name}-${told.number}` }),
  });
  const { type, ...data } = occurrence;
  const order = type === 'purchased' ? { order: `O-${name}` } : {};
  return {
    source: 'his',
    id: `${name}/${sequence}`,
    type,
    occurredAt,
    sequence: sequence + 10,
    facility: 'BJ',
    patient,
    episode: `E-${name}`,
    data: { ...data, ...order },
    clock,
  };
}

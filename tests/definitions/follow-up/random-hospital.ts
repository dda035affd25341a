/** A hospital that tells of an episode what hospitals tell: visits, operations, bookings, moves, corrections, each with its number and sequence. */
import type { HospitalEvent, Occurrence } from '../../../store/patients/hospital-events.ts';
import { randomNumbers } from '../../support/random-numbers.ts';
import { dayText, type Told } from './oracle-days.ts';

export type Random = () => number;

/** Numbers from 0 to 1, the same for the same seed. */
export function randomFractions(seed: number): Random {
  const next = randomNumbers(seed);
  return () => next() / 2 ** 32;
}

export interface Hospital {
  random: Random;
  told: Told[];
}

/** How the episode begins. */
export function firstEvent({ random, told }: Hospital, today: number): Told {
  const on = today - pick(random, [0, 0, 0, 1, 2]);
  const department = pick(random, ['dermatology', 'plastic-surgery']);
  const first: Told = { sequence: 1, on, type: 'visited', number: 'V1', kind: 'first', department };
  told.push(first);
  return first;
}

export const pick = <T>(random: Random, all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;

const visitKinds = ['revisit', 'revisit', 'dressing', 'treatment', 'sutures', 'surgery', 'first'];
const bookedKinds = ['dressing', 'dressing', 'treatment', 'treatment', 'sutures', 'visit', 'surgery'];

/** What happens next. @returns one or several events, in order */
export function nextEvents(hospital: Hospital, today: number): Told[] {
  const { random, told } = hospital;
  const sequence = told.length + 1;
  const soon = today + Math.floor(random() * 15);
  const ago = today - Math.floor(random() * 3);
  const department = pick(random, ['dermatology', 'dermatology', 'plastic-surgery']);
  const known = (type: string) => told.filter((one) => one.type === type);
  const of = (type: string): string | undefined => pick(random, known(type))?.number;
  const make = (): Omit<Told, 'sequence'> | undefined => {
    const number = `${sequence}`;
    switch (Math.floor(random() * 16)) {
      case 0:
      case 1:
        return { type: 'visited', on: ago, number: `V${number}`, kind: pick(random, visitKinds), department };
      case 2:
      case 3: {
        const sutures = random() < 0.8 ? { sutures: today + 5 + Math.floor(random() * 5) } : {};
        const need = random() < 0.5 ? { need: pick(random, ['A', 'B', 'C']) } : {};
        const inpatient = random() < 0.4;
        return {
          type: 'operated',
          on: ago,
          number: `OP${number}`,
          department: 'plastic-surgery',
          inpatient,
          ...sutures,
          ...need,
        };
      }
      case 4:
        return { type: 'suturesRemoved', on: ago, ...(random() < 0.3 && { to: ago - 1 }) };
      case 5:
        return { type: 'treated', on: ago, number: `V${number}`, department };
      case 6:
        return { type: 'courseEnded', on: ago };
      case 7:
        return { type: 'purchased', on: ago, kind: pick(random, ['surgical', 'non-surgical']) };
      case 8:
      case 9:
        return { type: 'booked', on: today, number: `A${number}`, kind: pick(random, bookedKinds), to: soon };
      case 10:
        return { type: 'moved-surgery', on: today, to: ago };
      case 11:
        return { type: 'moved-sutures', on: today, to: soon };
      case 12:
        return withNumber(of('booked'), (one) => ({ type: 'moved', on: today, number: one, to: soon }));
      case 13:
        return withNumber(of('booked'), (one) => ({ type: 'cancelled', on: today, number: one }));
      case 14:
        return withNumber(of('booked'), (one) => ({ type: 'noShow', on: ago, number: one }));
      default:
        return correction(pick(random, told), ago);
    }
  };
  const made = make();
  if (!made) return [];
  const events: Told[] = [{ ...made, sequence }];
  // A day that is moved again before anybody has heard of the first move.
  if (made.type.startsWith('moved') && random() < 0.3) events.push({ ...made, sequence: sequence + 1, to: soon + 1 });
  told.push(...events);
  return events;
}

const withNumber = <T>(number: string | undefined, make: (number: string) => T): T | undefined =>
  number === undefined ? undefined : make(number);

/** The same again under a number of its own source, or with another day. */
function correction(one: Told | undefined, on: number): Omit<Told, 'sequence'> | undefined {
  if (!one || !['visited', 'treated', 'operated'].includes(one.type)) return undefined;
  return { ...one, on };
}

/** As it stands in the store. */
export function eventOf(told: Told): HospitalEvent {
  return {
    _id: `BJ#his#${told.sequence}`,
    source: 'his',
    id: `${told.sequence}`,
    occurrence: occurrenceOf(told),
    occurredAt: `${dayText(told.on)}T04:00:00.000Z`,
    on: dayText(told.on),
    sequence: told.sequence,
    facility: 'BJ',
    patient: 'P-1',
    episode: 'E1',
    digest: '',
    receivedAt: `${dayText(told.on)}T04:00:00.000Z`,
    state: 'applied',
  };
}

function occurrenceOf({
  type,
  number = '',
  kind,
  department = '',
  inpatient = false,
  need,
  sutures,
  to,
}: Told): Occurrence {
  const day = to === undefined ? undefined : dayText(to);
  switch (type) {
    case 'operated':
      return {
        type,
        operation: number,
        department,
        inpatient,
        ...(need !== undefined && { need: need as 'A' }),
        ...(sutures !== undefined && { suturesDueOn: dayText(sutures) }),
      };
    case 'visited':
      return { type, visit: number, kind: kind as 'first', department };
    case 'treated':
      return { type, visit: number, department };
    case 'suturesRemoved':
      return { type, ...(day !== undefined && { removedOn: day }) };
    case 'purchased':
      return { type, order: 'O', item: '项目', kind: kind as 'surgical', amountCents: 100 };
    case 'booked':
      return { type, appointment: number, what: kind as 'dressing', plannedOn: day ?? '' };
    case 'moved':
      return { type, what: 'visit', appointment: number, to: day ?? '' };
    case 'moved-surgery':
      return { type: 'moved', what: 'surgery', to: day ?? '' };
    case 'moved-sutures':
      return { type: 'moved', what: 'sutures', to: day ?? '' };
    case 'cancelled':
      return { type, appointment: number };
    case 'noShow':
      return { type, appointment: number };
    default:
      return { type: 'courseEnded' };
  }
}

/**
 * Facts of a treatment episode (疗程): its events, folded in the order of their sequence. The result does not depend on
 * order or repetition of arrival.
 */
import type { AppointmentKind, HospitalEvent, NeedClass } from './hospital-events.ts';

/**
 * An anchor date of touches.
 * @param ref distinguishes several of one kind, and is stable when the date moves
 */
export interface AnchorDay {
  on: string;
  ref: string;
}

const anchorNames = [
  'firstVisit',
  'revisit',
  'dressing',
  'surgery',
  'suturesDue',
  'suturesRemoved',
  'treatmentDue',
  'treated',
  'courseEnded',
  'noShow',
  'lastVisit',
] as const;
export type AnchorName = (typeof anchorNames)[number];
export type Anchors = Record<AnchorName, AnchorDay[]>;

export interface EpisodeFacts {
  department: string;
  /** `consultation`: visited, without a purchase yet. */
  kind: 'consultation' | 'non-surgical' | 'surgical';
  inpatient: boolean;
  need: NeedClass;
  /** Number of re-operations: each restarts the care after surgery. */
  round: number;
  anchors: Anchors;
}

interface Fold extends EpisodeFacts {
  appointments: Map<string, { what: AppointmentKind; on: string }>;
}

/** @param events in order, without parked ones */
export function episodeFacts(events: readonly HospitalEvent[]): EpisodeFacts {
  const fold: Fold = {
    department: 'unknown',
    kind: 'consultation',
    inpatient: false,
    need: 'C',
    round: 0,
    anchors: Object.fromEntries(anchorNames.map((name): [AnchorName, AnchorDay[]] => [name, []])) as Anchors,
    appointments: new Map(),
  };
  for (const event of events) take(fold, event);
  const { appointments, ...facts } = fold;
  const booked = (what: AppointmentKind): AnchorDay[] =>
    [...appointments].flatMap(([ref, one]) => (one.what === what ? [{ on: one.on, ref }] : []));
  facts.anchors.dressing = booked('dressing');
  facts.anchors.treatmentDue = booked('treatment');
  return facts;
}

/** Patient details, consents, and payment details beyond the kind of treatment do not affect the dates of an episode. */
function take(fold: Fold, { occurrence, on, _id }: HospitalEvent): void {
  const { anchors, appointments } = fold;
  switch (occurrence.type) {
    case 'visited':
      fold.department = occurrence.department;
      if (occurrence.kind === 'first') anchors.firstVisit = [{ on, ref: occurrence.visit }];
      if (occurrence.kind === 'revisit') anchors.revisit.push({ on, ref: occurrence.visit });
      cameOn(fold, on, occurrence.visit);
      return;
    case 'operated':
      operated(fold, occurrence, on);
      return;
    case 'suturesRemoved':
      anchors.suturesRemoved = [{ on: occurrence.removedOn ?? on, ref: roundRef(fold) }];
      anchors.suturesDue = [];
      return;
    case 'treated':
      fold.department = occurrence.department;
      if (fold.kind === 'consultation') fold.kind = 'non-surgical';
      anchors.treated.push({ on, ref: occurrence.visit });
      cameOn(fold, on, occurrence.visit);
      return;
    case 'courseEnded':
      anchors.courseEnded = [{ on, ref: roundRef(fold) }];
      return;
    case 'purchased':
      if (fold.kind !== 'surgical') fold.kind = occurrence.kind;
      return;
    case 'booked':
      appointments.set(occurrence.appointment, { what: occurrence.what, on: occurrence.plannedOn });
      return;
    case 'moved':
      moved(fold, occurrence);
      return;
    case 'cancelled':
      appointments.delete(occurrence.appointment);
      return;
    case 'noShow':
      appointments.delete(occurrence.appointment);
      anchors.noShow.push({ on, ref: occurrence.appointment });
      return;
    case 'refunded':
    case 'patientChanged':
    case 'consentChanged':
    case 'died':
    case 'transferred':
      return;
    default:
      throw new Error(`${_id} has an unknown type: ${JSON.stringify(occurrence satisfies never)}`);
  }
}

const roundRef = ({ round }: Fold): string => `R${round}`;

function cameOn(fold: Fold, on: string, ref: string): void {
  const [last] = fold.anchors.lastVisit;
  if (!last || last.on <= on) fold.anchors.lastVisit = [{ on, ref }];
}

type Of<Type extends HospitalEvent['occurrence']['type']> = Extract<HospitalEvent['occurrence'], { type: Type }>;

/** A second operation of the episode is a re-operation: follow-up of the first is recomputed. */
function operated(fold: Fold, { operation, department, inpatient, need, suturesDueOn }: Of<'operated'>, on: string) {
  const { anchors } = fold;
  if (anchors.surgery.length > 0) fold.round += 1;
  fold.department = department;
  fold.kind = 'surgical';
  fold.inpatient = inpatient;
  if (need) fold.need = need;
  const ref = roundRef(fold);
  anchors.surgery = [{ on, ref }];
  anchors.suturesDue = suturesDueOn === undefined ? [] : [{ on: suturesDueOn, ref }];
  anchors.suturesRemoved = [];
  cameOn(fold, on, operation);
}

function moved(fold: Fold, { what, appointment, to }: Of<'moved'>): void {
  const { anchors, appointments } = fold;
  const booked = appointment === undefined ? undefined : appointments.get(appointment);
  if (appointment !== undefined) {
    if (booked) appointments.set(appointment, { ...booked, on: to });
  } else if (what === 'surgery') anchors.surgery = anchors.surgery.map((one) => ({ ...one, on: to }));
  else if (what === 'sutures' && anchors.suturesRemoved.length === 0 && anchors.surgery.length > 0)
    anchors.suturesDue = [{ on: to, ref: roundRef(fold) }];
}

/**
 * Facts of a treatment episode (疗程): its events, folded in the order of their sequence. Visits, operations and appointments are identified
 * by number, so that the result does not depend on order or repetition of arrival.
 */
import type { AppointmentKind, HospitalEvent, NeedClass, VisitKind } from './hospital-events.ts';

/**
 * An anchor date of touches.
 * @param ref distinguishes several of one kind, and is stable when the date moves
 */
export interface AnchorDay {
  on: string;
  ref: string;
}

export type AnchorName =
  | 'firstVisit'
  | 'revisit'
  | 'dressing'
  | 'surgery'
  | 'suturesDue'
  | 'suturesRemoved'
  | 'treatmentDue'
  | 'treated'
  | 'courseEnded'
  | 'noShow'
  | 'lastVisit';
export type Anchors = Record<AnchorName, AnchorDay[]>;

export interface EpisodeFacts {
  department: string;
  /** `consultation`: came and bought nothing yet. */
  kind: 'consultation' | 'non-surgical' | 'surgical';
  inpatient: boolean;
  need: NeedClass;
  /** Counts re-operations: each begins the care after surgery anew. */
  round: number;
  anchors: Anchors;
}

type Of<Type extends HospitalEvent['occurrence']['type']> = Extract<HospitalEvent['occurrence'], { type: Type }>;

interface Operation {
  on: string;
  suturesDueOn?: string;
}

interface Fold extends Omit<EpisodeFacts, 'anchors' | 'round'> {
  visits: Map<string, { on: string; kind: VisitKind; at: number }>;
  /** In the order of their first event: each after the first is a re-operation. */
  operations: Map<string, Operation>;
  appointments: Map<string, { what: AppointmentKind; on: string }>;
  missed: Map<string, { on: string }>;
  /** When sutures are to be removed, by which appointment, and which event said so. */
  suturesDue: { on: string; by?: string; at: number } | undefined;
  suturesRemoved: string | undefined;
  /** Which event began the round. */
  roundAt: number;
  courseEnded: AnchorDay | undefined;
}

/**
 * @param events in order; parked ones left out
 * @param isReplaced the last operation was made again in another episode: what follows it belongs there
 */
export function episodeFacts(events: readonly HospitalEvent[], isReplaced = false): EpisodeFacts {
  const fold: Fold = {
    department: 'unknown',
    kind: 'consultation',
    inpatient: false,
    need: 'C',
    visits: new Map(),
    operations: new Map(),
    appointments: new Map(),
    missed: new Map(),
    suturesDue: undefined,
    suturesRemoved: undefined,
    roundAt: -1,
    courseEnded: undefined,
  };
  for (const [at, event] of events.entries()) take(fold, event, at);
  const { department, kind, inpatient, need } = fold;
  const round = roundOf(fold) + (isReplaced ? 1 : 0);
  return { department, kind, inpatient, need, round, anchors: anchorsOf(fold, isReplaced) };
}

/** Occurrences of patients, consents and money beyond the kind of treatment say nothing of an episode's days. */
function take(fold: Fold, { occurrence, on, _id }: HospitalEvent, at: number): void {
  const { visits, appointments, missed } = fold;
  switch (occurrence.type) {
    case 'visited':
      visited(fold, occurrence, on, at);
      return;
    case 'operated':
      operated(fold, occurrence, on, at);
      return;
    case 'suturesRemoved':
      fold.suturesRemoved = occurrence.removedOn ?? on;
      return;
    case 'treated':
      fold.department = occurrence.department;
      visits.set(occurrence.visit, { on, kind: 'treatment', at });
      atLeastNonSurgical(fold);
      return;
    case 'courseEnded':
      fold.courseEnded = { on, ref: `R${roundOf(fold)}` };
      atLeastNonSurgical(fold);
      return;
    case 'purchased':
      if (fold.kind !== 'surgical') fold.kind = occurrence.kind;
      return;
    case 'booked':
      plan(fold, { by: occurrence.appointment, what: occurrence.what, on: occurrence.plannedOn, at });
      return;
    case 'moved':
      moved(fold, occurrence, at);
      return;
    case 'cancelled':
      appointments.delete(occurrence.appointment);
      if (fold.suturesDue?.by === occurrence.appointment)
        fold.suturesDue = suturesOfOperation(fold, fold.suturesDue.at);
      return;
    case 'noShow':
      appointments.delete(occurrence.appointment);
      missed.set(occurrence.appointment, { on });
      return;
    case 'refunded':
    case 'patientChanged':
    case 'consentChanged':
    case 'died':
    case 'transferred':
      return;
    default:
      throw new Error(`${_id} is of a type that is not known: ${JSON.stringify(occurrence satisfies never)}`);
  }
}

function visited(fold: Fold, { visit, kind, department }: Of<'visited'>, on: string, at: number): void {
  fold.department = department;
  fold.visits.set(visit, { on, kind, at });
  if (kind === 'treatment') atLeastNonSurgical(fold);
}

/** The same number again corrects an operation; another one is a re-operation, and what followed the first is counted anew. */
function operated(fold: Fold, told: Of<'operated'>, on: string, at: number): void {
  const { operation, department, inpatient, need, suturesDueOn } = told;
  const before = fold.operations.get(operation);
  const sutures = suturesDueOn ?? before?.suturesDueOn;
  fold.department = department;
  fold.kind = 'surgical';
  fold.inpatient = inpatient;
  if (need) fold.need = need;
  fold.operations.set(operation, { on, ...(sutures !== undefined && { suturesDueOn: sutures }) });
  if (!before) {
    fold.suturesRemoved = undefined;
    fold.roundAt = at;
  }
  if (!before || suturesDueOn !== undefined) fold.suturesDue = suturesOfOperation(fold, at);
}

function moved(fold: Fold, { what, appointment, to }: Of<'moved'>, at: number): void {
  const booked = appointment === undefined ? undefined : fold.appointments.get(appointment);
  if (appointment !== undefined) {
    if (booked) plan(fold, { by: appointment, what: booked.what, on: to, at });
    return;
  }
  const last = lastOperation(fold);
  if (what === 'surgery' && last) fold.operations.set(last[0], { ...last[1], on: to });
  if (what === 'sutures') fold.suturesDue = { on: to, at };
}

function plan(fold: Fold, { by, what, on, at }: { by: string; what: AppointmentKind; on: string; at: number }): void {
  fold.appointments.set(by, { what, on });
  if (what === 'sutures') fold.suturesDue = { on, by, at };
}

function atLeastNonSurgical(fold: Fold): void {
  if (fold.kind === 'consultation') fold.kind = 'non-surgical';
}

const lastOperation = ({ operations }: Fold): [string, Operation] | undefined => [...operations].at(-1);
const roundOf = ({ operations }: Fold): number => Math.max(0, operations.size - 1);

function suturesOfOperation(fold: Fold, at: number): Fold['suturesDue'] {
  const on = lastOperation(fold)?.[1].suturesDueOn;
  return on === undefined ? undefined : { on, at };
}

/** As told, or else the last visit for it, unless another day was planned since. */
function suturesRemovedOn({ visits, suturesDue, suturesRemoved, roundAt }: Fold): string | undefined {
  if (suturesRemoved !== undefined) return suturesRemoved;
  const since = Math.max(roundAt, suturesDue?.at ?? -1);
  const came = [...visits.values()].filter(({ kind, at }) => kind === 'sutures' && at > since);
  return came.sort((a, b) => a.at - b.at).at(-1)?.on;
}

function anchorsOf(fold: Fold, isReplaced: boolean): Anchors {
  const { visits, operations, appointments, missed, suturesDue, courseEnded } = fold;
  const ref = `R${roundOf(fold)}`;
  const surgery = lastOperation(fold)?.[1].on;
  const removed = suturesRemovedOn(fold);
  const ofRound = (on: string | undefined): AnchorDay[] => (on === undefined || isReplaced ? [] : [{ on, ref }]);
  const days = (all: Iterable<[string, { on: string }]>): AnchorDay[] =>
    [...all].map(([number, { on }]) => ({ on, ref: number }));
  const visitsFor = (kind: VisitKind) => days([...visits].filter(([, one]) => one.kind === kind));
  const booked = (what: AppointmentKind) => days([...appointments].filter(([, one]) => one.what === what));
  const came = [...days(visits), ...days(operations), ...(removed === undefined ? [] : [{ on: removed, ref }])];
  return {
    firstVisit: visitsFor('first').sort(byDay).slice(0, 1),
    revisit: visitsFor('revisit'),
    dressing: booked('dressing'),
    surgery: ofRound(surgery),
    suturesDue: removed === undefined ? ofRound(suturesDue?.on) : [],
    suturesRemoved: ofRound(removed),
    treatmentDue: booked('treatment'),
    treated: visitsFor('treatment'),
    courseEnded: courseEnded ? [courseEnded] : [],
    noShow: days(missed),
    lastVisit: came.sort(byDay).slice(-1),
  };
}

const byDay = (a: AnchorDay, b: AnchorDay): number => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0);

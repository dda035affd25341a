/** State of a definition's timers: due, started, failed and paused occurrences. Pure functions: no Temporal API, no clock. */
import type {
  LoadedSchedules,
  ScheduledStart,
  ScheduleEvent,
  ScheduleJournalRow,
  ScheduleProjection,
  ScheduleRow,
} from '../../activities/types.ts';
import { refusal } from '../../engine/messages/refusals.ts';
import type { Refusal } from '../../engine/model/types.ts';
import { caughtUp, resumed, taken } from '../../engine/time/course.ts';
import { createSeals, type Seals } from '../runtime/seals.ts';
import { type Due, maxDue, reloadTimesOf, wakeAt } from './due-occurrences.ts';
import { begun, businessKeyOf, later, maxRetryMs, type Schedule, scheduleOnly } from './schedule.ts';
import type { CarriedScheduler, RememberedAct, ScheduleAct, ScheduleUpdate } from './schedule-messages.ts';

/** Occurrences missed for longer are skipped if a later one is due as well. */
const catchUpMs = 86_400_000;
const maxRemembered = 100;

export interface Scheduler {
  readonly process: string;
  readonly version: number | null;
  readonly schedules: readonly Schedule[];
  /** A copy of an act from the history is refused. */
  readonly seals: Seals;
  /** There are unwritten changes. */
  readonly dirty: boolean;
  /** State for `loadSchedules`. */
  known(): { version: number; ids: string[] } | undefined;
  take(loaded: LoadedSchedules, now: string): void;
  /** Determines due occurrences, and returns those to be started now. */
  advance(now: string): Due[];
  begin(due: Due): ScheduledStart;
  began(due: Due, result: { instance: string; began: boolean }, now: string): void;
  failed(due: Due, failure: { code: string; message: string }, now: string): void;
  refusal(act: ScheduleAct, id: string): Refusal | undefined;
  pause(ask: ScheduleUpdate, now: string): void;
  resume(ask: ScheduleUpdate, now: string): void;
  trigger(ask: ScheduleUpdate, now: string): Due;
  isOpen(due: Due): boolean;
  /** A failed evaluation: load again at that time. */
  reloadAt(): string | undefined;
  /** Time of the next action; undefined: not before an external event. */
  wakeAt(): string | undefined;
  /** Nothing is scheduled or pending. */
  isEmpty(): boolean;
  remembered(id: string): RememberedAct | undefined;
  remember(act: RememberedAct): void;
  /** All rows, with unwritten journal lines. */
  projection(now: string): ScheduleProjection;
  /** The same, to be written now. */
  closeBurst(now: string): ScheduleProjection;
  carry(): CarriedScheduler;
}

export function createScheduler(process: string, carried?: CarriedScheduler): Scheduler {
  let version = carried?.version ?? null;
  let schedules: Schedule[] = carried?.schedules ?? [];
  let due: Due[] = carried?.due ?? [];
  let seq = carried?.seq ?? 0;
  let lines = carried?.lines ?? 0;
  let count = carried?.count ?? 0;
  let journal: ScheduleJournalRow[] = [];
  let dirty = false;
  let fresh = carried === undefined;
  const processed = new Map((carried?.processed ?? []).map((act) => [act.id, act]));

  const seals = createSeals(carried?.seals);

  const find = (id: string) => schedules.find((one) => one.id === id);

  function change(id: string, changes: Partial<Schedule>): void {
    schedules = schedules.map((one) => (one.id === id ? { ...one, ...changes } : one));
    dirty = true;
  }

  function note(
    kind: ScheduleEvent,
    schedule: string,
    at: string,
    more: Pick<ScheduleJournalRow, 'by' | 'data'> = {},
  ): void {
    lines += 1;
    journal.push({ _id: `${process}#${lines}`, process, n: lines, at, schedule, kind, ...more });
    dirty = true;
  }

  function owe(schedule: string, owed: ScheduleRow['owed'][number]): Due {
    count += 1;
    const one: Due = { n: count, schedule, ...owed, attempts: 0, retryAt: null };
    due.push(one);
    dirty = true;
    return one;
  }

  /** Due occurrences of one schedule. */
  function advanceOne(id: string, now: string): void {
    const schedule = find(id);
    if (!schedule || schedule.paused || schedule.value === '') return;
    const [course, left] = caughtUp(schedule, schedule, now, catchUpMs);
    if (left) {
      const { dueAt, remaining } = course;
      change(id, { dueAt, remaining, leftOut: { ...left, why: 'outage' } });
      note('left-out', id, now, { data: { ...left, why: 'outage' } });
    }
    let waiting = due.filter((one) => one.schedule === id).length;
    for (let next = find(id); next?.dueAt && next.dueAt <= now && waiting < maxDue; next = find(id), waiting++) {
      owe(id, { scheduledAt: next.dueAt, businessKey: businessKeyOf(next, next.dueAt) });
      change(id, taken(next, next));
    }
  }

  function projection(now: string): ScheduleProjection {
    seq = Math.max(seq + 1, Date.parse(now));
    const rows = schedules.map(
      (one): ScheduleRow => ({
        ...one,
        _id: `${process}/${one.id}`,
        seq,
        process,
        version: version ?? 0,
        owed: due
          .filter(({ schedule }) => schedule === one.id)
          .map(({ scheduledAt, businessKey, by }) => ({ scheduledAt, businessKey, ...(by !== undefined && { by }) })),
        updatedAt: now,
      }),
    );
    return { process, seq, rows, journal };
  }

  return {
    process,
    seals,
    get version() {
      return version;
    },
    get schedules() {
      return schedules;
    },
    get dirty() {
      return dirty;
    },
    known: () => (version === null ? undefined : { version, ids: schedules.map(({ id }) => id) }),

    take(loaded, now) {
      // After a termination it resumes from its last written rows.
      const memory = fresh ? loaded.memory : [];
      const before = fresh ? (memory[0]?.version ?? null) : version;
      const old = new Map<string, Schedule>((fresh ? memory : schedules).map((one) => [one.id, one]));
      if (fresh) {
        for (const row of memory) for (const one of row.owed) owe(row.id, one);
        lines = Math.max(lines, loaded.journalFrom);
        seq = Math.max(seq, ...memory.map((row) => row.seq));
      }
      fresh = false;
      const same = before === loaded.version;
      version = loaded.version;
      const kept: Schedule[] = [];
      for (const one of loaded.schedules) {
        const known = old.get(one.id);
        if (same && known && known.value !== '') {
          kept.push(scheduleOnly(known));
          continue;
        }
        const schedule = begun(one, known, now);
        kept.push(schedule);
        if (known?.failure?.attempts && schedule.failure) continue;
        const { failure, dueAt } = schedule;
        note(failure ? 'failed' : 'scheduled', one.id, now, {
          data: { version: loaded.version ?? 0, ...(failure ? { code: failure.code } : dueAt !== null && { dueAt }) },
        });
      }
      schedules = kept;
      const ids = new Set(kept.map(({ id }) => id));
      for (const { id } of old.values()) if (!ids.has(id)) note('dropped', id, now);
      due = due.filter((one) => ids.has(one.schedule));
      dirty = true;
    },

    advance(now) {
      for (const { id } of schedules) advanceOne(id, now);
      return due.filter(
        (one) => (one.retryAt === null || one.retryAt <= now) && (one.by !== undefined || !find(one.schedule)?.paused),
      );
    },

    begin({ schedule, businessKey, scheduledAt, by }) {
      const one = find(schedule);
      return {
        process,
        version: version ?? 0,
        element: one?.element ?? '',
        facility: one?.facility ?? '',
        businessKey,
        scheduledAt,
        startedBy: by ?? `schedule:${process}`,
      };
    },

    began(one, { instance, began }, now) {
      due = due.filter(({ n }) => n !== one.n);
      const { scheduledAt, by } = one;
      const last = { scheduledAt, at: now, instance, began, ...(by !== undefined && { by }) };
      const others = due.some(({ schedule, attempts }) => schedule === one.schedule && attempts > 0);
      change(one.schedule, { last, ...(!others && find(one.schedule)?.value !== '' && { failure: null }) });
      note('began', one.schedule, now, {
        data: { instance, scheduledAt, began },
        ...(by !== undefined && { by }),
      });
    },

    failed(one, { code, message }, now) {
      const attempts = one.attempts + 1;
      const retryAt = later(now, Math.min(maxRetryMs, 1000 * 2 ** Math.min(attempts - 1, 10)));
      due = due.map((other) => (other.n === one.n ? { ...other, attempts, retryAt } : other));
      const since = find(one.schedule)?.failure?.since ?? now;
      if (find(one.schedule)?.value !== '')
        change(one.schedule, { failure: { code, message, since, attempts, retryAt } });
      if (attempts === 1) note('failed', one.schedule, now, { data: { code, scheduledAt: one.scheduledAt } });
      dirty = true;
    },

    refusal(act, id) {
      const schedule = find(id);
      if (!schedule) return refusal('unknown-schedule');
      if (act === 'pause' && schedule.paused) return refusal('already-paused');
      if (act === 'resume' && !schedule.paused) return refusal('not-paused');
      return undefined;
    },

    pause({ id, by, reason }, now) {
      change(id, { paused: { at: now, by: by.id, ...(reason !== undefined && { reason }) } });
      note('paused', id, now, { by: by.id });
    },

    resume({ id, by }, now) {
      const schedule = find(id);
      if (!schedule) return;
      const [course, left] = schedule.value === '' ? [schedule, undefined] : resumed(schedule, schedule, now);
      const { dueAt, remaining } = course;
      change(id, { paused: null, dueAt, remaining, ...(left && { leftOut: { ...left, why: 'pause' } }) });
      note('resumed', id, now, { by: by.id });
      if (left) note('left-out', id, now, { data: { ...left, why: 'pause' } });
    },

    trigger({ id, by }, now) {
      const schedule = find(id);
      if (!schedule) throw new Error(`There is no schedule ${id}.`);
      note('triggered', id, now, { by: by.id });
      return owe(id, { scheduledAt: now, businessKey: businessKeyOf(schedule, now, count + 1), by: by.id });
    },

    isOpen: (one) => due.some(({ n, attempts }) => n === one.n && attempts === 0),

    reloadAt: () => reloadTimesOf(schedules).sort()[0],

    wakeAt: () => wakeAt(schedules, due),

    isEmpty: () => schedules.length === 0 && due.length === 0,
    remembered: (id) => processed.get(id),
    remember(act) {
      processed.set(act.id, act);
      if (processed.size > maxRemembered) processed.delete(processed.keys().next().value as string);
    },

    projection,
    closeBurst(now) {
      const burst = projection(now);
      dirty = false;
      journal = [];
      return burst;
    },

    carry: () => ({
      version,
      seq,
      lines,
      count,
      schedules,
      due,
      processed: [...processed.values()],
      seals: seals.list(),
    }),
  };
}

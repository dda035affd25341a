/** Changes since the last projection: changed rows, journal lines, and the callers waiting for them to be written. */
import type { JournalRow, ProcessRow, Projection, Resync, TaskRow } from '../../activities/types.ts';
import type { LocalizedText } from '../../engine/model/plan.ts';
import type { InstanceState, JournalEntry } from '../../engine/model/types.ts';
import { type Columns, sameColumns } from './columns.ts';
import { describeChange } from './presentation.ts';
import { changedTasks, endedWaits, instanceRow, journalRow, openTaskRows } from './rows.ts';
import type { View } from './view.ts';

/** Result of a burst of steps, awaited by the updates that were part of it. */
export interface Burst {
  rows: Projection;
  /** What it led to; absent when there is no new wait. */
  happened: LocalizedText | undefined;
}

export interface Bursts {
  /** Sequence number of the newest rows. */
  readonly seq: number;
  /** There are changes not projected yet. */
  readonly dirty: boolean;
  /** Staff who have claimed or completed a task. */
  readonly workers: ReadonlySet<string>;
  touch(): void;
  /** The state projected last. */
  shows(state: InstanceState): void;
  /** The database held unexpected rows: the next burst writes all of them. */
  correct(written: Projection): void;
  collect(before: InstanceState | undefined, view: View, entries: JournalEntry[]): void;
  /** The burst in progress; resolves when it is projected. */
  current(): Promise<Burst>;
  /** @param processRow makes the process's own row */
  close(view: View, processRow?: (view: View, seq: number) => ProcessRow | undefined): Burst;
  /** Projection failed: callers wait for the next one. */
  hold(): void;
}

/**
 * @param firstSeq first sequence number of the rows
 * @param goesOn a previous run has written rows, the newest with that number
 * @param workersBefore staff who claimed or completed a task in previous runs
 */
export function createBursts(firstSeq: number, goesOn: boolean, workersBefore: readonly string[] = []): Bursts {
  let seq = firstSeq;
  let first = !goesOn;
  let wrong: Omit<Resync, 'lines'> | undefined;
  let dirty = false;
  let shown: InstanceState | undefined;
  let shownColumns: Columns | undefined;
  const workers = new Set(workersBefore);
  let tasks = new Map<string, TaskRow>();
  let journal: JournalRow[] = [];
  let over: Projection['endedWaits'];
  let waiting: { promise: Promise<Burst>; resolve(burst: Burst): void } | undefined;
  const nextSeq = (): number => Math.max(seq + 1, Date.now());

  return {
    get seq() {
      return seq;
    },
    get dirty() {
      return dirty;
    },
    workers,
    touch() {
      dirty = true;
    },
    shows(state) {
      shown = state;
    },
    correct({ expectedSeqs, instance, tasks: written, journal: lines, endedWaits: ended }) {
      dirty = true;
      // Newer rows may have been replaced: recent journal lines and closed tasks, which do not change any more, are
      // written again.
      journal = [...lines, ...journal];
      over = { ...ended, ...over };
      for (const row of written) if (row.status !== 'open' && !tasks.has(row._id)) tasks.set(row._id, row);
      wrong = {
        after: Math.min(wrong?.after ?? instance.seq, ...(expectedSeqs?.seqs ?? [])),
        before: instance.seq,
        keep: [...(wrong?.keep ?? []), ...written.map((row) => row._id)],
      };
    },
    collect(before, view, entries) {
      dirty = true;
      for (const row of changedTasks(before, view, nextSeq())) {
        tasks.set(row._id, row);
        for (const person of [row.assignee, row.closedBy]) if (person) workers.add(person);
      }
      const ended = endedWaits(before, view);
      if (ended) over = { ...over, ...ended };
      for (const entry of entries) journal.push(journalRow(view, entry, view.journalFrom ?? 0));
    },
    async current() {
      // Created on demand, as the SDK keeps a stack trace of every pending promise.
      waiting ??= deferred();
      return waiting.promise;
    },
    hold() {
      dirty = false;
    },
    close(view, processRow) {
      const expectedSeqs = { seqs: [seq], ...(first && { first }) };
      seq = nextSeq();
      if (wrong) {
        const known = [...openTaskRows(view, seq), ...tasks.values()];
        tasks = new Map(known.map((row) => [row._id, { ...row, seq }]));
      }
      const { columns } = view;
      // Task lists show the columns of their instance: open tasks are updated, closed ones keep theirs.
      if (!sameColumns(shownColumns, columns))
        for (const row of openTaskRows(view, seq)) if (!tasks.has(row._id)) tasks.set(row._id, row);
      shownColumns = columns;
      const own = processRow?.(view, seq);
      const rows: Projection = {
        instance: instanceRow(view, seq),
        tasks: [...tasks.values()].map((row) => ({ ...row, ...columns })),
        journal,
        ...(over && { endedWaits: over }),
        expectedSeqs,
        ...(wrong && { resync: { ...wrong, lines: (view.journalFrom ?? 0) + view.state.journalLength } }),
        ...(own && { processRow: own }),
      };
      first = false;
      wrong = undefined;
      const done = { rows, happened: describeChange(shown, view) };
      shown = view.state;
      tasks = new Map();
      journal = [];
      over = undefined;
      dirty = false;
      const closed = waiting;
      waiting = undefined;
      closed?.resolve(done);
      return done;
    },
  };
}

function deferred(): { promise: Promise<Burst>; resolve(burst: Burst): void } {
  let resolve: (burst: Burst) => void = () => {};
  const promise = new Promise<Burst>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

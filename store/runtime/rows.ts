/** The read models written by the workflows, one interface per collection; `seq` guards against repeated and late writes. */

/** Where an instance comes from: what called it or sent what began it, up to what a person, a schedule or an outside program began. */
export interface Lineage {
  /** Workflow id of the first; its own id for a root. */
  root: string;
  /** 0 for a root. */
  generation: number;
}

/** Written by the runtime after each step; the highest `seq` wins. `_id` is the workflow id, for instance `complaint/BJ2026110001`. */
export interface InstanceRow {
  _id: string;
  seq: number;
  process: string;
  businessKey: string;
  definition: { key: string; version: number; hash: string };
  /** Engine revision it started with: tells which behaviour changes do not apply. */
  revision?: number;
  facility: string;
  title: string;
  status: 'active' | 'completed' | 'terminated' | 'cancelled' | 'failed';
  stage?: string;
  stageSince?: string;
  startedAt: string;
  startedBy?: string;
  /** The start request, and a digest of its content. */
  origin?: { request: string; content: string };
  endedAt?: string;
  /** The earliest due date of its waits. */
  dueAt?: string;
  overdue: boolean;
  /** Codes of open incidents by element. */
  incidents: {
    key: string;
    element: string;
    elementName: string;
    code: string;
    /** Parameters of the message (engine/model/incidents.ts). */
    params: { reason: string };
    at: string;
  }[];
  /** Summary of its waits (Chinese), as displayed in Temporal's UI. */
  waits: {
    key: string;
    element: string;
    elementName: string;
    kind: string;
    what: string;
    since: string;
    dueAt?: string;
    waitingFor: string[];
  }[];
  clocks: {
    id: string;
    name: string;
    startedAt: string;
    dueAt: string;
    status: 'running' | 'met' | 'breached';
    endedAt?: string;
    breachedAt?: string;
    provisional: boolean;
  }[];
  /** Open message subscriptions, looked up by `POST /api/messages`. */
  subscriptions: {
    name: string;
    correlationKey?: string;
    element: string;
    /** Wait key: increasing within an instance. */
    key?: string;
    /** Start of the wait, in real time. */
    since?: string;
  }[];
  /** Names of BPMN signals it waits for, looked up by broadcasts. */
  signals?: string[];
  /** The same by wait. */
  signalWaits?: { name: string; key: string; since: string }[];
  /** Declared columns by id: texts, numbers, cents, ids, dates; absent without a value. */
  columns?: Record<string, string | number>;
  /** The same as search strings (engine/columns/column-keys.ts). */
  columnKeys?: string[];
  /** Roles that may see it at its facility. */
  groups?: string[];
  /** Staff who started it, are working or have worked on it. */
  participants?: string[];
  parent?: string;
  /** Absent: it is a root. */
  lineage?: Lineage;
  /** Acceleration of process time; 1 = real time. */
  speed: number;
  /** Its working calendar. */
  calendar?: { id: string; version: number };
  /** Workflow run that wrote it. */
  run?: string;
  /** Run that was terminated from outside: its later writes are rejected. */
  endedOutside?: string;
  /** Last journal line before this run of the id; absent for the first run. */
  journalFrom?: number;
  updatedAt: string;
}

/** One user task. `_id` = `<process>.<businessKey>.<wait key>`. */
export interface TaskRow {
  _id: string;
  seq: number;
  instance: string;
  process: string;
  businessKey: string;
  key: string;
  element: string;
  name: string;
  facility: string;
  stage?: string;
  title: string;
  status: 'open' | 'completed' | 'cancelled';
  assignee: string | null;
  candidateGroups: string[];
  /** Roles that lead its process and may assign it. */
  leaderGroups?: string[];
  candidateUsers: string[];
  excludedUsers: string[];
  priority: number;
  createdAt: string;
  dueAt?: string;
  /** How its due date was computed. */
  dueKind?: 'working-days' | 'duration' | 'date' | 'cycle';
  followUpAt?: string;
  formId?: string;
  /** Bulk completion is allowed. */
  bulkCompletion?: true;
  closedAt?: string;
  closedBy?: string;
  /** Columns of its instance; of a closed task, at the time it was closed. */
  columns?: InstanceRow['columns'];
  columnKeys?: string[];
  /** Search keys (search-keys.ts). */
  searchKeys?: string[];
  updatedAt: string;
}

/** One line of an instance's journal. */
export interface JournalRow {
  n: number;
  at: string;
  kind: string;
  element?: string;
  elementName?: string;
  key?: string;
  by?: { id: string; role?: string };
  data?: unknown;
}

/** A process's own row besides the instance's (store/processes/). */
export interface ProcessRow {
  /** Business key of the instance. */
  _id: string;
  seq: number;
  /** Workflow id. */
  instance: string;
  facility: string;
}

/** All rows changed by one burst of steps, written in order. */
export interface Projection {
  instance: InstanceRow;
  tasks: TaskRow[];
  journal: JournalRow[];
  /** Waits that ended in this burst, by key, with their start and due date. */
  endedWaits?: Record<string, { since: string; dueAt?: string }>;
  processRow?: ProcessRow;
  expectedSeqs?: ExpectedSeqs;
  resync?: Resync;
}

/** Expected previous numbers of the instance's rows. Other numbers come from a step that Temporal discarded. */
export interface ExpectedSeqs {
  /** Possible numbers, the lowest first. */
  seqs: number[];
  /** The first rows of this run: there may be none yet, or those of a previous run. */
  first?: boolean;
}

/** The rows contain all open tasks, to replace those written by a discarded step. */
export interface Resync {
  /** Tasks with a number between these two that are neither among the rows nor in `keep` were discarded. */
  after: number;
  before: number;
  keep: string[];
  /** Number of the last journal line: later ones were discarded. */
  lines: number;
}

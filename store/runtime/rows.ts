/** The read models: what the workflows told the database. One interface per collection; `seq` guards against repeats and late writes. */

/** Written by the runtime after each step, newest `seq` wins. `_id` is the workflow id, for instance `complaint/BJ2026110001`. */
export interface InstanceRow {
  _id: string;
  seq: number;
  process: string;
  businessKey: string;
  definition: { key: string; version: number; hash: string };
  /** Of the engine it began with: which old rules are still needed. */
  revision?: number;
  facility: string;
  title: string;
  status: 'active' | 'completed' | 'terminated' | 'cancelled' | 'failed';
  stage?: string;
  stageSince?: string;
  startedAt: string;
  startedBy?: string;
  /** Which request started it, and a digest of what it asked for. */
  origin?: { request: string; content: string };
  endedAt?: string;
  /** The earliest due date of what is open. */
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
  /** What it waits for, in words (Chinese), as the Temporal UI shows it. */
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
  /** Message subscriptions open in this instance: where `POST /api/messages` looks. */
  subscriptions: {
    name: string;
    correlationKey?: string;
    element: string;
    /** Wait key: of one instance, the higher is the newer one. */
    key?: string;
    /** Since when it waits, in real time. */
    since?: string;
  }[];
  /** BPMN signals it waits for: where a broadcast goes. */
  signals?: string[];
  /** The same, wait by wait. */
  signalWaits?: { name: string; key: string; since: string }[];
  /** What the process declares for lists, by column id. Texts, numbers, cents, ids, dates; absent where there is nothing to show. */
  columns?: Record<string, string | number>;
  /** The same as texts that are searched (engine/columns/column-keys.ts). */
  columnKeys?: string[];
  /** Roles that may see it at its facility. */
  groups?: string[];
  /** Staff who started it, work or worked on it. */
  participants?: string[];
  parent?: string;
  /** How much faster process time runs; 1 = real time. */
  speed: number;
  /** The working calendar it runs by. */
  calendar?: { id: string; version: number };
  /** The run of the workflow that wrote it. */
  run?: string;
  /** The run that was ended from outside: nothing it writes later is taken. */
  endedOutside?: string;
  /** Last line of the journal before this life of the id; absent when it is the first. */
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
  /** Roles that lead its process: they assign it. */
  leaderGroups?: string[];
  candidateUsers: string[];
  excludedUsers: string[];
  priority: number;
  createdAt: string;
  dueAt?: string;
  /** How its date was counted. */
  dueKind?: 'working-days' | 'duration' | 'date' | 'cycle';
  followUpAt?: string;
  formId?: string;
  /** Several of its kind may be completed at once with the same answers. */
  bulkCompletion?: true;
  closedAt?: string;
  closedBy?: string;
  /** Those of its instance; when it is closed, as they were then. */
  columns?: InstanceRow['columns'];
  columnKeys?: string[];
  /** What it is found by when somebody types (search-keys.ts). */
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

/** The row of its own that a process with code keeps besides the instance's (store/processes/). */
export interface ProcessRow {
  /** Business key of the instance. */
  _id: string;
  seq: number;
  /** Workflow id. */
  instance: string;
  facility: string;
}

/** All rows one burst of steps changed; written in one go, in order. */
export interface Projection {
  instance: InstanceRow;
  tasks: TaskRow[];
  journal: JournalRow[];
  processRow?: ProcessRow;
  expectedSeqs?: ExpectedSeqs;
  resync?: Resync;
}

/** What the rows of the instance may say before these are written. Anything else was written by a step that Temporal did not take. */
export interface ExpectedSeqs {
  /** Their possible numbers, the lowest first. */
  seqs: number[];
  /** These are the first of this life: there may be none yet, or those of an earlier life. */
  first?: boolean;
}

/** All open tasks are among the rows, to be put in the place of what a step wrote that Temporal did not take. */
export interface Resync {
  /** Tasks with a number between these two, and not among the rows or in `keep`, never were. */
  after: number;
  before: number;
  keep: string[];
  /** Number of the last line of the journal: those after it never were. */
  lines: number;
}

/** What the hand-written complaint works with: tasks that people complete by update, promises, jobs, and one place that shows it all. */
import { defineSearchAttributeKey, type SearchAttributeUpdatePair } from '@temporalio/common';
import {
  ApplicationFailure,
  CancellationScope,
  condition,
  defineQuery,
  defineUpdate,
  isCancellation,
  scheduleLocalActivity,
  setCurrentDetails,
  setHandler,
  sleep,
  Trigger,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { JournalRow, Projection, TaskRow } from '../../activities/types.ts';
import type { Variables } from '../../engine/model/plan.ts';
import type { Actor, TaskAction } from '../../engine/model/types.ts';
import type { ComplaintInput, Settings } from './messages.ts';
import { nameOf } from './names.ts';
import {
  type CaseFile,
  complaintRow,
  details,
  earliestDue,
  happened,
  instanceRow,
  isOverdue,
  type OpenTask,
  type Promised,
  taskRow,
} from './rows.ts';

const localOptions = {
  startToCloseTimeout: '10s',
  localRetryThreshold: '2s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '1m' },
} as const;

const keys = {
  Stage: defineSearchAttributeKey('Stage', 'KEYWORD'),
  WaitingFor: defineSearchAttributeKey('WaitingFor', 'KEYWORD_LIST'),
  DueAt: defineSearchAttributeKey('DueAt', 'DATETIME'),
  Overdue: defineSearchAttributeKey('Overdue', 'BOOL'),
};

interface TaskUpdate {
  key: string;
  action: TaskAction;
  by: Actor;
}
interface Answer {
  seq: number;
  status: Projection['instance']['status'];
  tasks: TaskRow[];
  happened: { zh: string; en: string };
}

const nowIso = (): string => new Date().toISOString();

function refused(code: string, message: string, details?: unknown): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, 'CareloopRefusal', { code, message, details });
}

export interface TaskToDo {
  element: string;
  roles: string[];
  dueAt: string;
  formId: string;
  priority?: number;
  /** What is wrong with the values of a completion, field by field. */
  check?: (values: Variables) => string[];
}

export function openCase(input: ComplaintInput) {
  const { workflowId: id } = workflowInfo();
  const startedAt = nowIso();
  let seq = Date.now();
  let journalLength = 0;
  let nextKey = 2;
  let settings: Settings | undefined;
  const file: CaseFile = {
    id,
    caseNumber: input.caseNumber,
    facility: input.facility,
    zone: 'UTC',
    startedBy: input.startedBy.id,
    startedAt,
    status: 'active',
    stage: 'registered',
    stageSince: startedAt,
    tasks: new Map(),
    promises: [],
    withdrawable: false,
    variables: {},
  };
  const waiting = new Map<string, { done: Trigger<{ by: Actor; values: Variables }>; check?: TaskToDo['check'] }>();
  const over = new Map<string, Actor>();
  let shownTasks = new Set<string>();
  let rows = new Map<string, TaskRow>();
  let journal: JournalRow[] = [];
  let burst = new Trigger<Answer>();
  let shown = { Stage: '', WaitingFor: '', DueAt: '', Overdue: false };
  let dirty = false;
  /** The main line is on its way to its next wait: what it changes is shown at once when it is there. */
  let moving = true;
  let writing = 0;
  let written: Promise<unknown> = Promise.resolve();
  let watch: { dueAt: string; scope: CancellationScope } | undefined;
  const limitTimers = new Map<string, { dueAt: string; scope: CancellationScope }>();

  function note(kind: string, element?: string, key?: string, more: Pick<JournalRow, 'by' | 'data'> = {}): void {
    dirty = true;
    if (input.journal === 'acts' && (kind.startsWith('element-') || kind === 'flow-taken')) return;
    const n = (settings?.journalFrom ?? 0) + ++journalLength;
    journal.push({
      n,
      at: nowIso(),
      kind,
      ...(element !== undefined && { element, elementName: nameOf(element) }),
      ...(key !== undefined && { key }),
      ...more,
    });
  }

  const newKey = (): string => String(nextKey++);

  /** An element the case only passes: an event or a gateway. */
  function pass(element: string, flow?: string): void {
    const key = newKey();
    note('element-activated', element, key);
    leave(element, key, flow);
  }

  function leave(element: string, key: string, flow?: string): void {
    note('element-completed', element, key);
    if (flow) note('flow-taken', element, key, { data: { flow } });
  }

  function enter(element: string): string {
    const key = newKey();
    note('element-activated', element, key);
    return key;
  }

  function startTimer(dueAt: string, summary: string, fire: () => void): CancellationScope {
    const scope = new CancellationScope();
    scope
      .run(() => sleep(Math.max(0, Date.parse(dueAt) - Date.now()), { summary }))
      .then(fire, (error) => {
        if (!isCancellation(error)) throw error;
      });
    return scope;
  }

  function watchDueDates(): void {
    const now = nowIso();
    const [next] = [...file.tasks.values()]
      .map((task) => task.dueAt)
      .filter((dueAt) => dueAt > now)
      .sort();
    if (next === undefined || (watch && watch.dueAt <= next)) return;
    for (const timer of limitTimers.values()) if (timer.dueAt === next) return;
    watch?.scope.cancel();
    watch = {
      dueAt: next,
      scope: startTimer(next, '任务到期', () => {
        watch = undefined;
        dirty = true;
      }),
    };
  }

  function show(): void {
    const now = nowIso();
    seq += 1;
    const open = [...file.tasks.values()];
    const after = {
      Stage: file.stage,
      WaitingFor: [...new Set(open.flatMap((task) => task.roles))].sort().join(','),
      DueAt: (file.status === 'active' && earliestDue(file)) || '',
      Overdue: isOverdue(file, now),
    };
    const changes: SearchAttributeUpdatePair[] = [];
    if (after.Stage !== shown.Stage) changes.push({ key: keys.Stage, value: after.Stage });
    if (after.WaitingFor !== shown.WaitingFor)
      changes.push({ key: keys.WaitingFor, value: after.WaitingFor ? after.WaitingFor.split(',') : null });
    if (after.DueAt !== shown.DueAt)
      changes.push({ key: keys.DueAt, value: after.DueAt ? new Date(after.DueAt) : null });
    if (after.Overdue !== shown.Overdue) changes.push({ key: keys.Overdue, value: after.Overdue });
    shown = after;
    if (changes.length > 0) upsertSearchAttributes(changes);
    setCurrentDetails(details(file, now));
    const projection: Projection = {
      instance: instanceRow(file, seq, now),
      tasks: [...rows.values()].map((row) => ({ ...row, seq })),
      journal,
      processRow: complaintRow(file, seq, now),
    };
    writing += 1;
    written = written
      .then(() => scheduleLocalActivity('project', [projection], { ...localOptions, summary: '更新读模型' }))
      .then(() => {
        writing -= 1;
      });
    const fresh = open.filter((task) => !shownTasks.has(task.key));
    const closed = burst;
    burst = new Trigger();
    closed.resolve({
      seq,
      status: projection.instance.status,
      tasks: projection.tasks,
      happened: happened(file, fresh),
    });
    shownTasks = new Set(file.tasks.keys());
    rows = new Map();
    journal = [];
    dirty = false;
    if (file.status === 'active') watchDueDates();
  }

  function onTask({ key, action, by }: TaskUpdate): void {
    const task = file.tasks.get(key);
    const waits = waiting.get(key);
    if (!task || !waits) return;
    const update = (assignee: string | null, kind: string) => {
      const changed = { ...task, assignee };
      file.tasks.set(key, changed);
      rows.set(key, taskRow(file, changed, seq, nowIso()));
      note(kind, task.element, key, { by });
    };
    if (action.type === 'claim') update(by.id, 'task-claimed');
    else if (action.type === 'unclaim') update(null, 'task-unclaimed');
    else if (action.type === 'assign') update(action.assignee, 'task-assigned');
    else if (action.type === 'return') update(null, 'task-returned');
    else {
      moving = true;
      file.tasks.delete(key);
      waiting.delete(key);
      over.set(key, by);
      note('task-completed', task.element, key, { by });
      const now = nowIso();
      rows.set(key, {
        ...taskRow(file, task, seq, now),
        status: 'completed',
        closedAt: now,
        closedBy: by.id,
      });
      waits.done.resolve({ by, values: action.variables });
    }
  }

  function validate(update: TaskUpdate): void {
    if (typeof update?.key !== 'string' || typeof update.action?.type !== 'string' || typeof update.by?.id !== 'string')
      throw refused('malformed', 'The payload of this update is incomplete or malformed.');
    const task = file.tasks.get(update.key);
    if (!task)
      throw over.has(update.key)
        ? refused('task-gone', 'Somebody else has done this task.', over.get(update.key))
        : refused('unknown-key', 'There is no such task.');
    const { action, by } = update;
    if (action.type === 'claim' && task.assignee !== null && task.assignee !== by.id)
      throw refused('already-claimed', 'Somebody else has claimed this task.', { assignee: task.assignee });
    if (action.type !== 'claim' && action.type !== 'assign' && task.assignee !== null && task.assignee !== by.id)
      throw refused('not-the-assignee', 'The task belongs to somebody else.', { assignee: task.assignee });
    if (action.type === 'complete') {
      const problems = waiting.get(update.key)?.check?.(action.variables) ?? [];
      if (problems.length > 0) throw refused('form-invalid', 'The values are not what the form asks for.', problems);
    }
  }

  setHandler(
    defineUpdate<Answer, [TaskUpdate]>('task'),
    async (update) => {
      onTask(update);
      return await burst;
    },
    { validator: validate },
  );
  setHandler(defineQuery<unknown>('complaintStatus'), () => complaintRow(file, seq, nowIso()));

  return {
    file,
    note,
    pass,
    enter,
    leave,
    begin(loaded: Settings): void {
      settings = loaded;
      file.zone = loaded.calendar.zone;
      note('instance-started', 'complaint', '1');
    },
    stage(stage: string): void {
      file.stage = stage;
      file.stageSince = nowIso();
    },
    /** Opens a task and waits until somebody has completed it; the caller leaves the element. */
    open({ element, roles, dueAt, formId, priority = 50, check }: TaskToDo) {
      const key = enter(element);
      const since = nowIso();
      const task: OpenTask = {
        key,
        element,
        name: nameOf(element),
        roles,
        assignee: null,
        priority,
        dueAt,
        formId,
        since,
      };
      file.tasks.set(key, task);
      rows.set(key, taskRow(file, task, seq, since));
      const done = new Trigger<{ by: Actor; values: Variables }>();
      waiting.set(key, { done, ...(check && { check }) });
      moving = false;
      return { key, done };
    },
    async job(element: string, type: 'sendMessage' | 'fileCase', args: Variables, headers: Record<string, string>) {
      const key = enter(element);
      const context = {
        instance: id,
        businessKey: input.caseNumber,
        facility: input.facility,
        definition: settings?.definition,
        element,
        key,
        now: nowIso(),
        headers,
      };
      await scheduleLocalActivity<Variables>(type, [args, context], { ...localOptions, summary: nameOf(element) });
      return key;
    },
    /** A promise: when it is broken the roles are told and the case goes on. */
    promise(element: string, one: { id: string; name: string; dueAt: string; provisional: boolean; tell: string[] }) {
      const key = newKey();
      const { tell, ...rest } = one;
      const promised: Promised = {
        id: rest.id,
        name: rest.name,
        startedAt: nowIso(),
        dueAt: rest.dueAt,
        status: 'running',
        provisional: rest.provisional,
      };
      file.promises = [...file.promises, promised];
      const replace = (change: Partial<Promised>) => {
        file.promises = file.promises.map((old) => (old.id === one.id ? { ...old, ...change } : old));
      };
      const scope = startTimer(one.dueAt, nameOf(element), () => {
        replace({ status: 'breached', breachedAt: nowIso() });
        note('limit-breached', element, key, { data: { limit: one.id, dueAt: one.dueAt } });
        const subject = `超期：${one.name}（${input.caseNumber}）`;
        const notice = { instance: id, key, facility: input.facility, roles: tell, subject, body: subject };
        void scheduleLocalActivity('tellRoles', [{ ...notice, now: nowIso() }], localOptions);
      });
      limitTimers.set(key, { dueAt: one.dueAt, scope });
      return () => {
        const now = nowIso();
        const late = file.promises.some((old) => old.id === one.id && old.status === 'breached');
        replace(late ? { endedAt: now } : { status: 'met', endedAt: now });
        if (!late) note('limit-met', element, key, { data: { limit: one.id } });
        scope.cancel();
        limitTimers.delete(key);
      };
    },
    end(status: 'completed' | 'cancelled'): void {
      file.status = status;
      file.endedAt = nowIso();
      moving = false;
      note('instance-ended', undefined, undefined, { data: { status } });
    },
    /** Shows whatever changed, once per burst, until the case has ended and all is written. */
    async showAll(): Promise<void> {
      for (;;) {
        await condition(() => (dirty && !moving) || (file.status !== 'active' && !dirty && writing === 0));
        if (!dirty) return;
        show();
      }
    },
  };
}

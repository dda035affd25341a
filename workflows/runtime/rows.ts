/** Maps the state to read models. Changes are detected by reference, as the engine keeps untouched objects. Pure functions. */

import type { InstanceRow, JournalRow, Projection, Resync, TaskRow } from '../../activities/types.ts';
import { dueDateOf, earliestDue, isOverdue } from '../../engine/explain/due-dates.ts';
import { visibleTaskOf } from '../../engine/listeners/task.ts';
import { instanceId } from '../../engine/model/keys.ts';
import type { ElementId } from '../../engine/model/plan/values.ts';
import type { Incident, InstanceState, JournalEntry, Key, Wait, WaitOf } from '../../engine/model/types.ts';
import { realSince, type TimeScale } from '../../engine/time/time-scale.ts';
import { taskId } from './instance-messages.ts';
import { waitText } from './presentation.ts';
import { candidatesOf, elementName, ownIncidentsOf, type View, waitsToShow } from './view.ts';

/** Tasks opened, changed or closed between two states. */
export function changedTasks(before: InstanceState | undefined, view: View, seq: number): TaskRow[] {
  const { state } = view;
  if (before?.waits === state.waits) return [];
  const rows: TaskRow[] = [];
  for (const wait of Object.values(state.waits))
    if (wait.kind === 'task' && before?.waits[wait.key] !== wait) rows.push(taskRow(view, wait, seq));
  if (before)
    for (const wait of Object.values(before.waits)) {
      const task = visibleTaskOf(wait);
      if (task && !isOpenTask(state.waits[wait.key])) rows.push(closedTaskRow(view, { ...wait, task }, seq));
    }
  return rows;
}

/** Waits that ended between two states. */
export function endedWaits(before: InstanceState | undefined, { state }: View): Projection['endedWaits'] {
  if (!before || before.waits === state.waits) return undefined;
  const over = waitsToShow(before).filter(({ key }) => state.waits[key] === undefined);
  if (over.length === 0) return undefined;
  return Object.fromEntries(
    over.map((wait) => {
      const due = dueDateOf(wait)?.at;
      return [wait.key, { since: wait.since, ...(due !== undefined && { dueAt: due }) }];
    }),
  );
}

/** All tasks, including those held by listeners. */
export const openTaskRows = (view: View, seq: number): TaskRow[] =>
  visibleTasks(view.state).map((wait) => taskRow(view, wait, seq));

const visibleTasks = (state: InstanceState): OpenTaskWait[] =>
  Object.values(state.waits).flatMap((wait) => {
    const task = visibleTaskOf(wait);
    return task ? [{ ...wait, task }] : [];
  });

/** Open, or held by listeners of an act: its row does not change meanwhile. */
const isOpenTask = (wait: Wait | undefined): boolean => wait !== undefined && visibleTaskOf(wait) !== undefined;

type OpenTaskWait = Pick<WaitOf<'task'>, 'key' | 'element' | 'since' | 'task'>;

function taskRow(view: View, wait: OpenTaskWait, seq: number): TaskRow {
  const { task } = wait;
  const { state, input } = view;
  return {
    _id: taskId(state.id, wait.key),
    seq,
    instance: state.id,
    process: input.process,
    businessKey: state.businessKey,
    key: wait.key,
    element: wait.element,
    name: task.name,
    facility: input.facility,
    ...(state.stage && { stage: state.stage.id }),
    title: view.title,
    status: 'open',
    assignee: task.assignee,
    candidateGroups: task.candidateGroups,
    ...(view.plan.profile?.leaderGroups.length && { leaderGroups: view.plan.profile.leaderGroups }),
    candidateUsers: task.candidateUsers,
    excludedUsers: task.excludedUsers,
    priority: task.priority,
    createdAt: wait.since,
    ...(task.dueAt !== undefined && { dueAt: task.dueAt }),
    ...(task.dueAt !== undefined && task.dueReason && { dueKind: task.dueReason.kind }),
    ...(task.followUpAt !== undefined && { followUpAt: task.followUpAt }),
    ...(task.formId !== undefined && { formId: task.formId }),
    ...(isCompletedInBulk(view, wait.element) && { bulkCompletion: true as const }),
    updatedAt: view.now,
  };
}

function isCompletedInBulk({ plan }: View, id: ElementId): boolean {
  const element = plan.elements[id];
  return element?.kind === 'userTask' && element.user.bulkCompletion === true;
}

function closedTaskRow(view: View, wait: OpenTaskWait, seq: number): TaskRow {
  const closed = view.state.closedTasks.findLast((one) => one.key === wait.key);
  return {
    ...taskRow(view, wait, seq),
    status: closed?.how === 'completed' ? 'completed' : 'cancelled',
    closedAt: closed?.at ?? view.now,
    ...(closed?.by && { closedBy: closed.by.id }),
  };
}

/** @param from number of the line before the instance's first */
export function journalRow(view: View, entry: JournalEntry, from: number): JournalRow {
  const { at, kind, element, key, by, data } = entry;
  const n = from + entry.n;
  return {
    n,
    at,
    kind,
    ...(element !== undefined && { element, elementName: elementName(view.plan, element) }),
    ...(key !== undefined && { key }),
    ...(by && { by }),
    ...(data !== undefined && { data }),
  };
}

export function instanceRow(view: View, seq: number): InstanceRow {
  const { state, input, plan, now } = view;
  const dueAt = earliestDue(state);
  return {
    _id: instanceId(input.process, state.businessKey),
    seq,
    process: input.process,
    businessKey: state.businessKey,
    definition: state.definition,
    revision: state.revision,
    facility: input.facility,
    title: view.title,
    status: state.status,
    ...(state.stage && { stage: state.stage.id, stageSince: state.stage.since }),
    startedAt: state.startedAt,
    startedBy: input.startedBy.id,
    ...(input.origin && { origin: input.origin }),
    ...(state.endedAt !== undefined && { endedAt: state.endedAt }),
    ...(state.status === 'active' && dueAt !== undefined && { dueAt }),
    overdue: isOverdue(state, now),
    incidents: incidentsOf(view).map(({ key, element, incident: { code, params, at } }) => ({
      key,
      element,
      elementName: elementName(plan, element),
      code,
      params,
      at,
    })),
    waits: waitsToShow(state).map((wait) => {
      const due = dueDateOf(wait)?.at;
      return {
        key: wait.key,
        element: wait.element,
        elementName: elementName(plan, wait.element),
        kind: wait.kind,
        what: waitText(view, wait).zh,
        since: wait.since,
        ...(due !== undefined && { dueAt: due }),
        waitingFor: candidatesOf(wait),
      };
    }),
    clocks: state.clocks.map((clock) => ({
      id: clock.id,
      name: clock.name,
      startedAt: clock.startedAt,
      dueAt: clock.dueAt,
      status: clock.status,
      ...(clock.endedAt !== undefined && { endedAt: clock.endedAt }),
      ...(clock.breachedAt !== undefined && { breachedAt: clock.breachedAt }),
      provisional: clock.reason.kind === 'working-days' && clock.reason.provisional,
    })),
    ...subscriptionsOf(state, view.timeScale),
    ...(input.parent !== undefined && { parent: input.parent }),
    ...(input.lineage && { lineage: input.lineage }),
    ...view.columns,
    groups: groupsOf(view),
    participants: participantsOf(view),
    calendar: { id: state.calendar.id, version: state.calendar.version },
    speed: view.timeScale.speed,
    ...(view.journalFrom && { journalFrom: view.journalFrom }),
    ...(view.run !== undefined && { run: view.run }),
    updatedAt: now,
  };
}

/** Roles that may see it at its facility: those that lead the process, and the candidates of its open tasks. */
function groupsOf({ plan, state }: View): string[] {
  const groups = new Set(plan.profile?.leaderGroups);
  for (const { task } of visibleTasks(state)) for (const group of task.candidateGroups) groups.add(group);
  return [...groups].sort();
}

/** Starter, current and past assignees, and named candidates of open tasks. */
function participantsOf({ state, input, workers }: View): string[] {
  const people = new Set([input.startedBy.id, ...(workers ?? [])]);
  for (const { task } of visibleTasks(state)) for (const person of task.candidateUsers) people.add(person);
  return [...people].sort();
}

function incidentsOf(view: View): (Pick<Wait, 'key' | 'element'> & { incident: Incident })[] {
  const { waits, root } = view.state;
  const open = Object.values(waits).flatMap(({ key, element, incident }) =>
    incident ? [{ key, element, incident }] : [],
  );
  return [...open, ...ownIncidentsOf(view).map((incident) => ({ key: root, element: view.plan.key, incident }))];
}

/** Open subscriptions, looked up by messages and signals (store/messaging/delivery.ts); a fired trigger no longer subscribes. */
function subscriptionsOf(
  state: InstanceState,
  timeScale: TimeScale,
): Pick<InstanceRow, 'subscriptions' | 'signals' | 'signalWaits'> {
  const subscriptions: InstanceRow['subscriptions'] = [];
  const signalWaits: InstanceRow['signalWaits'] & object = [];
  for (const wait of Object.values(state.waits)) {
    if (wait.kind !== 'event') continue;
    for (const [index, trigger] of wait.triggers.entries()) {
      if ((trigger.type !== 'message' && trigger.type !== 'signal') || wait.fired?.includes(index)) continue;
      const { key, element } = wait;
      const since = realSince(timeScale, wait.since);
      if (trigger.type === 'signal') signalWaits.push({ name: trigger.name, key, since });
      else {
        const { name, correlationKey } = trigger;
        subscriptions.push({ name, ...(correlationKey !== undefined && { correlationKey }), element, key, since });
      }
    }
  }
  return {
    subscriptions,
    signals: [...new Set(signalWaits.map((one) => one.name))],
    ...(signalWaits.length > 0 && { signalWaits }),
  };
}

/** Merges two bursts: the newest row of each, the whole journal. */
export function mergeProjections(earlier: Projection | undefined, later: Projection): Projection {
  if (!earlier) return later;
  const tasks = new Map([...earlier.tasks, ...later.tasks].map((row) => [row._id, row]));
  const journal = [...earlier.journal, ...later.journal];
  const whole = mergeResyncs(earlier.resync, later.resync);
  const over = { ...earlier.endedWaits, ...later.endedWaits };
  return {
    ...earlier,
    ...later,
    tasks: [...tasks.values()],
    journal,
    expectedSeqs: { ...earlier.expectedSeqs, seqs: [...(earlier.expectedSeqs?.seqs ?? []), earlier.instance.seq] },
    ...(Object.keys(over).length > 0 && { endedWaits: over }),
    ...(whole && { resync: whole }),
  };
}

function mergeResyncs(earlier: Resync | undefined, later: Resync | undefined): Resync | undefined {
  if (!earlier || !later) return earlier ?? later;
  return {
    after: Math.min(earlier.after, later.after),
    before: later.before,
    keep: [...earlier.keep, ...later.keep],
    lines: later.lines,
  };
}

/** The task a result was about, kept to answer a repeat. */
export const taskOf = (rows: Projection, key: Key | undefined): TaskRow | undefined =>
  key === undefined ? undefined : rows.tasks.find((row) => row.key === key);

/** How an instance shows itself: current details in words and typed search attributes for the Temporal UI, answers to people's acts. */
import { defineSearchAttributeKey, type SearchAttributeUpdatePair } from '@temporalio/common';
import { describeListener } from '../../engine/explain/wait-descriptions.ts';
import type { LocalizedText } from '../../engine/model/plan.ts';
import type { InstanceState, Wait } from '../../engine/model/types.ts';
import { localTimeText, roleName, stageName } from './display-names.ts';
import {
  candidatesOf,
  dueOf,
  earliestDue,
  elementName,
  englishElementName,
  isOverdue,
  openTasks,
  ownIncident,
  type View,
  waitsToShow,
} from './view.ts';

/** What a wait waits for, in Chinese words without the time. */
export function waitText(view: View, wait: Wait): string {
  const name = `「${elementName(view.plan, wait.element)}」`;
  if (wait.incident) return `${name}停住了：${wait.incident.message}`;
  switch (wait.kind) {
    case 'task':
      return `${name}等待${candidatesOf(wait).map(roleName).join('、') || '有权限的人员'}处理`;
    case 'job':
      if (wait.listener) return describeListener(wait.listener, wait.jobType, elementName(view.plan, wait.element)).zh;
      return `${name}由系统执行中`;
    case 'call':
      return `${name}等待子流程 ${wait.process} ${wait.businessKey}`;
    case 'event':
      return `${name}等待${wait.triggers.map(triggerText).join('或')}`;
    default:
      return name;
  }
}

function triggerText(trigger: Extract<Wait, { kind: 'event' }>['triggers'][number]): string {
  switch (trigger.type) {
    case 'timer':
      return '时间到';
    case 'message':
      return `消息 ${trigger.name}`;
    case 'signal':
      return `信号 ${trigger.name}`;
    default:
      return '条件成立';
  }
}

/** Where, since when, waiting for whom, due when: what `setCurrentDetails` shows (Markdown). */
export function detailsText(view: View): string {
  const { state, now } = view;
  const { zone } = state.calendar;
  const time = (at: string) => localTimeText(at, zone);
  // The title comes first because Temporal does not take a static summary over to a new run.
  const lines = [`**${view.title}**`];
  if (state.status !== 'active')
    return [...lines, `已结束（${endTexts[state.status]}），${time(state.endedAt ?? now)}`].join('\n');
  if (state.stage) lines.push(`阶段 ${stageName(state.stage.id)}，自 ${time(state.stage.since)}`);
  for (const wait of waitsToShow(state)) {
    const due = dueOf(wait);
    const until = due === undefined ? '' : `，应于 ${time(due)} 前${due <= now ? '（**已超期**）' : ''}`;
    lines.push(`- ${waitText(view, wait)}，自 ${time(wait.since)}${until}`);
  }
  const own = ownIncident(view);
  if (own) lines.push(`- ${own.message}${own.hint}`);
  for (const clock of state.clocks) {
    if (clock.endedAt !== undefined) continue;
    lines.push(`- 时限 ${clock.name}：${time(clock.dueAt)}${clock.status === 'breached' ? '（**已超期**）' : ''}`);
  }
  if (view.timeScale.speed !== 1) lines.push(`流程时钟 ${view.timeScale.speed} 倍速，此刻为 ${time(now)}`);
  return lines.join('  \n');
}

const endTexts: Record<InstanceState['status'], string> = {
  active: '进行中',
  completed: '正常完成',
  terminated: '终止',
  cancelled: '已取消',
  failed: '失败',
};

/** The search attributes that change as an instance goes on; null where there is nothing to say. */
export interface VisibilityAttributes {
  Stage: string | null;
  WaitingFor: string | null;
  Incident: string | null;
  DueAt: string | null;
  Overdue: boolean;
}

export const noAttributes: VisibilityAttributes = {
  Stage: null,
  WaitingFor: null,
  Incident: null,
  DueAt: null,
  Overdue: false,
};

export function currentAttributes(view: View): VisibilityAttributes {
  const { state, now } = view;
  const active = state.status === 'active';
  const incident = Object.values(state.waits).find((wait) => wait.incident)?.incident ?? ownIncident(view);
  return {
    Stage: state.stage?.id ?? null,
    WaitingFor: active ? waitingFor(state) : null,
    Incident: active && incident ? incident.code : null,
    DueAt: (active && earliestDue(state)) || null,
    Overdue: isOverdue(state, now),
  };
}

/** The roles of the open tasks, not who has claimed them: so that a filter by role finds all, and a claim costs no write. */
function waitingFor(state: InstanceState): string | null {
  const roles = new Set<string>();
  for (const { task, incident } of openTasks(state)) {
    if (incident) continue;
    const who = task.candidateGroups.length > 0 ? task.candidateGroups : task.candidateUsers;
    for (const one of who) roles.add(one);
    if (who.length === 0 && task.assignee) roles.add(task.assignee);
  }
  const waits = waitsToShow(state);
  if (waits.some((wait) => wait.incident)) roles.add('ops');
  if (roles.size > 0) return [...roles].sort().join(',');
  const [wait] = waits;
  if (wait?.kind === 'call') return wait.process;
  if (wait?.kind === 'event') return wait.triggers[0]?.type ?? null;
  return wait?.kind === 'job' ? 'job' : null;
}

const keys = {
  Stage: defineSearchAttributeKey('Stage', 'KEYWORD'),
  WaitingFor: defineSearchAttributeKey('WaitingFor', 'KEYWORD'),
  Incident: defineSearchAttributeKey('Incident', 'KEYWORD'),
  DueAt: defineSearchAttributeKey('DueAt', 'DATETIME'),
  Overdue: defineSearchAttributeKey('Overdue', 'BOOL'),
};

/** Only what differs: each visibility write costs the server. */
export function attributeChanges(
  before: VisibilityAttributes,
  after: VisibilityAttributes,
): SearchAttributeUpdatePair[] {
  const pairs: SearchAttributeUpdatePair[] = [];
  for (const name of ['Stage', 'WaitingFor', 'Incident'] as const)
    if (before[name] !== after[name]) pairs.push({ key: keys[name], value: after[name] });
  if (before.DueAt !== after.DueAt)
    pairs.push({ key: keys.DueAt, value: after.DueAt === null ? null : new Date(after.DueAt) });
  if (before.Overdue !== after.Overdue) pairs.push({ key: keys.Overdue, value: after.Overdue });
  return pairs;
}

/** What an act led to: what there is to do now that was not there before. */
export function describeChange(before: InstanceState | undefined, view: View): LocalizedText {
  const { state, plan } = view;
  if (state.status !== 'active' && before?.status === 'active')
    return { zh: `流程已结束（${endTexts[state.status]}）。`, en: `The process has ended (${state.status}).` };
  const fresh = waitsToShow(state).filter((wait) => !before?.waits[wait.key]?.kind || gotIncident(before, wait));
  if (fresh.length === 0) return { zh: '已记录。', en: 'Recorded.' };
  const { zone } = state.calendar;
  const zh = fresh.map((wait) => {
    const due = dueOf(wait);
    return waitText(view, wait) + (due ? `，应于 ${localTimeText(due, zone)} 前` : '');
  });
  const en = fresh.map((wait) => {
    const who = candidatesOf(wait).join(', ');
    const due = dueOf(wait);
    const name = englishElementName(plan, wait.element);
    return wait.incident
      ? `${name} is stopped by an incident (${wait.incident.code})`
      : name + (who && ` waits for ${who}`) + (due ? `, due ${due}` : '');
  });
  return { zh: `接下来：${zh.join('；')}。`, en: `Next: ${en.join('; ')}.` };
}

const gotIncident = (before: InstanceState, wait: Wait): boolean =>
  wait.incident !== undefined && before.waits[wait.key]?.incident === undefined;

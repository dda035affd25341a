/** The read models of a hand-written case: the same rows, words and attributes as the drawn one has. */
import type { InstanceRow, TaskRow } from '../../activities/types.ts';
import type { Variables } from '../../engine/model/plan.ts';
import { localDateTime } from '../../engine/time/zone.ts';
import type { ComplaintRow } from '../../store/processes/complaint/complaint-row.ts';
import { roleNames, stageNames } from './names.ts';

export interface OpenTask {
  key: string;
  element: string;
  name: string;
  roles: string[];
  assignee: string | null;
  priority: number;
  dueAt: string;
  formId: string;
  since: string;
}

export interface Promised {
  id: string;
  name: string;
  startedAt: string;
  dueAt: string;
  status: 'running' | 'met' | 'breached';
  endedAt?: string;
  breachedAt?: string;
  provisional: boolean;
}

/** All that rows and words are made of. */
export interface CaseFile {
  id: string;
  caseNumber: string;
  facility: string;
  zone: string;
  startedBy: string;
  startedAt: string;
  endedAt?: string;
  status: 'active' | 'completed' | 'cancelled';
  stage: string;
  stageSince: string;
  tasks: Map<string, OpenTask>;
  promises: Promised[];
  withdrawable: boolean;
  variables: Variables;
}

const title = (file: CaseFile): string => `投诉 ${file.caseNumber}`;
const time = (file: CaseFile, at: string): string => localDateTime(at, file.zone).slice(0, 16).replace('T', ' ');

export function earliestDue(file: CaseFile): string | undefined {
  const dates = [...file.tasks.values()].map((task) => task.dueAt);
  for (const one of file.promises) if (one.endedAt === undefined) dates.push(one.dueAt);
  return dates.sort()[0];
}

export function isOverdue(file: CaseFile, now: string): boolean {
  return (
    file.status === 'active' &&
    (file.promises.some((one) => one.status === 'breached' && one.endedAt === undefined) ||
      [...file.tasks.values()].some((task) => task.dueAt <= now))
  );
}

const inWords = (task: OpenTask): string =>
  `「${task.name}」等待${(task.assignee ? [task.assignee] : task.roles).map((role) => roleNames[role] ?? role).join('、')}处理`;

export function details(file: CaseFile, now: string): string {
  const lines = [`**${title(file)}**`];
  if (file.status !== 'active')
    return [
      ...lines,
      `已结束（${file.status === 'completed' ? '正常完成' : '已取消'}），${time(file, file.endedAt ?? now)}`,
    ].join('\n');
  lines.push(`阶段 ${stageNames[file.stage] ?? file.stage}，自 ${time(file, file.stageSince)}`);
  for (const task of file.tasks.values()) {
    const late = task.dueAt <= now ? '（**已超期**）' : '';
    lines.push(`- ${inWords(task)}，自 ${time(file, task.since)}，应于 ${time(file, task.dueAt)} 前${late}`);
  }
  for (const one of file.promises)
    if (one.endedAt === undefined)
      lines.push(`- 时限 ${one.name}：${time(file, one.dueAt)}${one.status === 'breached' ? '（**已超期**）' : ''}`);
  return lines.join('  \n');
}

export function happened(file: CaseFile, fresh: OpenTask[]): { zh: string; en: string } {
  if (file.status !== 'active')
    return {
      zh: `流程已结束（${file.status === 'completed' ? '正常完成' : '已取消'}）。`,
      en: `The process has ended (${file.status}).`,
    };
  if (fresh.length === 0) return { zh: '已记录。', en: 'Recorded.' };
  const zh = fresh.map((task) => `${inWords(task)}，应于 ${time(file, task.dueAt)} 前`);
  const en = fresh.map((task) => `${task.name} waits for ${task.roles.join(', ')}, due ${task.dueAt}`);
  return { zh: `接下来：${zh.join('；')}。`, en: `Next: ${en.join('; ')}.` };
}

export function taskRow(file: CaseFile, task: OpenTask, seq: number, now: string): TaskRow {
  return {
    _id: `complaint.${file.caseNumber}.${task.key}`,
    seq,
    instance: file.id,
    process: 'complaint',
    businessKey: file.caseNumber,
    key: task.key,
    element: task.element,
    name: task.name,
    facility: file.facility,
    stage: file.stage,
    title: title(file),
    status: 'open',
    assignee: task.assignee,
    candidateGroups: task.roles,
    candidateUsers: [],
    excludedUsers: [],
    priority: task.priority,
    createdAt: task.since,
    dueAt: task.dueAt,
    formId: task.formId,
    updatedAt: now,
  };
}

export function instanceRow(file: CaseFile, seq: number, now: string): InstanceRow {
  const dueAt = earliestDue(file);
  return {
    _id: file.id,
    seq,
    process: 'complaint',
    businessKey: file.caseNumber,
    definition: { key: 'complaint', version: 1, hash: 'by-hand' },
    facility: file.facility,
    title: title(file),
    status: file.status,
    stage: file.stage,
    stageSince: file.stageSince,
    startedAt: file.startedAt,
    startedBy: file.startedBy,
    ...(file.endedAt !== undefined && { endedAt: file.endedAt }),
    ...(file.status === 'active' && dueAt !== undefined && { dueAt }),
    overdue: isOverdue(file, now),
    incidents: [],
    waits: [...file.tasks.values()].map((task) => ({
      key: task.key,
      element: task.element,
      elementName: task.name,
      kind: 'task',
      what: inWords(task),
      since: task.since,
      dueAt: task.dueAt,
      waitingFor: task.assignee ? [task.assignee] : task.roles,
    })),
    clocks: file.promises,
    subscriptions: file.withdrawable
      ? [{ name: 'complaintWithdrawn', element: 'ComplaintWithdrawn', correlationKey: file.caseNumber }]
      : [],
    signals: [],
    speed: 1,
    updatedAt: now,
  };
}

export function complaintRow(file: CaseFile, seq: number, now: string): ComplaintRow {
  const { variables } = file;
  const text = (name: string) => (typeof variables[name] === 'string' ? { [name]: variables[name] as string } : {});
  const [task] = file.tasks.values();
  const dueAt = earliestDue(file);
  const amount = (variables['plan'] as { amountCents?: number } | undefined)?.amountCents;
  return {
    _id: file.caseNumber,
    seq,
    instance: `complaint/${file.caseNumber}`,
    facility: file.facility,
    stage: file.stage,
    stageSince: file.stageSince,
    status: file.status,
    ...text('classification'),
    quality: variables['quality'] === true,
    receivedAt: String(variables['receivedAt']),
    ...text('acceptedAt'),
    ...text('firstContactAt'),
    ...text('closedAt'),
    ...(amount !== undefined && { planAmountCents: amount }),
    ...text('outcome'),
    ...(task?.assignee && { assignee: task.assignee }),
    ...(file.status === 'active' && dueAt !== undefined && { dueAt }),
    overdue: isOverdue(file, now),
    incident: false,
    updatedAt: now,
  };
}

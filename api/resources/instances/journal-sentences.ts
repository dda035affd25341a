/** Journal entries as sentences, Chinese and English: the history of a case. */
import { englishLimitNames } from '../../../engine/explain/limit-names.ts';
import { incidentCodes, incidentTitle } from '../../../engine/messages/incidents.ts';
import type { IncidentCode } from '../../../engine/model/incidents.ts';
import type { LocalizedText, Plan } from '../../../engine/model/plan.ts';
import type { JournalRow } from '../../../store/runtime/rows.ts';
import { valuesInWords } from './journal-values.ts';

/** Entries relevant to case workers; flows and automatic steps are for operators. */
export const kindsForPeople: readonly string[] = [
  'instance-started',
  'instance-ended',
  'event-fired',
  'message-undelivered',
  'task-claimed',
  'task-unclaimed',
  'task-assigned',
  'task-returned',
  'task-completed',
  'limit-breached',
  'limit-met',
  'incident-raised',
  'incident-resolved',
  'variables-set',
  'due-date-moved',
  'act-refused',
  'incident-skipped',
  'instance-migrated',
  'instance-modified',
];

/** Names in the sentences; unknown ids are used as they are. */
export interface JournalNames {
  /** By staff id. */
  people?: Readonly<Record<string, string>>;
  /** Plan of the instance's version: names of elements, flows and form fields. */
  plan?: Plan | undefined;
  /** Schemas of the plan's forms, by form id. */
  schemas?: ReadonlyMap<string, unknown>;
}

export function journalSentence(line: JournalRow, { people = {}, plan, schemas }: JournalNames): LocalizedText {
  const element = line.elementName ?? line.element ?? '';
  const zh = `“${element}”`;
  const en = `"${plan?.englishNames?.[line.element ?? ''] ?? element}"`;
  const personName = (id: string) => people[id] ?? id;
  const who = line.by ? personName(line.by.id) : undefined;
  const by = { zh: who ? `${who} ` : '', en: who ? ` by ${who}` : '' };
  const data = (line.data ?? {}) as Record<string, unknown>;
  const text = (name: string) => (typeof data[name] === 'string' ? (data[name] as string) : '');
  const limit = () => (plan && englishLimitNames(plan).get(text('limit'))) ?? text('name');
  const number = (name: string) => (typeof data[name] === 'number' ? String(data[name]) : '');
  switch (line.kind) {
    case 'instance-started':
      return { zh: `${by.zh}发起流程`, en: `Started${by.en}` };
    case 'instance-ended':
      if (data['outside'] === true) return terminatedOutside(text('identity'), text('reason'));
      return endSentence(text('status'), by);
    case 'element-activated':
      return { zh: `进入${zh}`, en: `Entered ${en}` };
    case 'element-completed':
      return { zh: `${zh}完成`, en: `Completed ${en}` };
    case 'element-cancelled':
      return { zh: `${zh}取消`, en: `Cancelled ${en}` };
    case 'flow-taken':
      return flowSentence(plan?.flows[text('flow')]?.name, zh, en);
    case 'event-fired':
      return { zh: `${zh}发生`, en: `${en} occurred` };
    case 'task-claimed':
      return { zh: `${by.zh}领取${zh}`, en: `${en} claimed${by.en}` };
    case 'task-unclaimed':
      return { zh: `${by.zh}放回${zh}`, en: `${en} put back${by.en}` };
    case 'task-assigned': {
      const to = text('assignee');
      return { zh: `${by.zh}把${zh}交给 ${personName(to)}`, en: `${en} assigned to ${personName(to)}${by.en}` };
    }
    case 'task-returned':
      return { zh: `${by.zh}退回${zh}`, en: `${en} returned${by.en}` };
    case 'task-completed': {
      const values = valuesInWords(line, plan, schemas);
      return {
        zh: `${by.zh}办结${zh}${values ? `，${values.zh}` : ''}`,
        en: `${en} completed${by.en}${values ? `, ${values.en}` : ''}`,
      };
    }
    case 'limit-breached':
      return { zh: `超过${text('name')}`, en: `Missed: ${limit()}` };
    case 'limit-met':
      return { zh: `守住${text('name')}`, en: `Met: ${limit()}` };
    case 'incident-raised':
      return incidentSentence(text('code'), zh, en);
    case 'incident-resolved':
      return { zh: `${by.zh}排除${zh}的故障`, en: `Incident at ${en} resolved${by.en}` };
    case 'variables-set':
      return { zh: `${by.zh}更正数据`, en: `Data corrected${by.en}` };
    case 'message-buffered':
      return line.element === undefined
        ? { zh: '消息先行到达，暂存', en: 'A message arrived early and is kept' }
        : { zh: `${zh}发出的消息暂无人接收，先保存`, en: `The message of ${en} is kept until it is received` };
    case 'message-undelivered':
      return {
        zh: `${zh}发出的消息${suffix(text('message'))}逾期无人接收`,
        en: `Nobody received the message of ${en}${suffix(text('message'))} in time`,
      };
    case 'due-date-moved':
      return { zh: `${zh}的期限有变动`, en: `Due date of ${en} moved` };
    case 'act-refused':
      return {
        zh: `${who === undefined ? '一项' : `${who} 的`}操作未被接受${suffix(text('code'))}`,
        en: `An act was refused${by.en}${suffix(text('code'))}`,
      };
    case 'incident-skipped':
      return { zh: `${by.zh}跳过${zh}的故障`, en: `Incident at ${en} skipped${by.en}` };
    case 'instance-migrated':
      return { zh: `${by.zh}把流程迁移到第 ${number('to')} 版`, en: `Migrated to version ${number('to')}${by.en}` };
    case 'instance-modified':
      return { zh: `${by.zh}调整流程的走向`, en: `Modified${by.en}` };
    case 'token-moved':
      return { zh: `移到${zh}`, en: `Moved to ${en}` };
    case 'listener-completed':
      return {
        zh: `${zh}的监听“${text('type')}”（${text('event')}）完成`,
        en: `Listener "${text('type')}" (${text('event')}) of ${en} completed`,
      };
    case 'listener-denied':
      return {
        zh: `${zh}的监听“${text('type')}”没有准许${by.zh}的操作`,
        en: `Listener "${text('type')}" denied an act on ${en}${by.en}`,
      };
    case 'decision-made': {
      const rules = rulesIn(data['tables']);
      const decision = text('decision');
      return {
        zh: `${zh}用决策“${decision}”得出结果${rules === undefined ? '' : `，命中 ${rules} 条规则`}`,
        en: `Decision "${decision}" made at ${en}${rules === undefined ? '' : `, ${rules} ${rules === 1 ? 'rule' : 'rules'} matched`}`,
      };
    }
    case 'escalation-uncaught':
      return {
        zh: `${zh}的上报没有人接收${suffix(text('code'))}`,
        en: `The escalation of ${en} was not caught${suffix(text('code'))}`,
      };
    default:
      return { zh: `${line.kind} ${zh}`, en: `${line.kind} ${en}` };
  }
}

const statusWords: Readonly<Record<string, LocalizedText>> = {
  completed: { zh: '已完成', en: 'completed' },
  terminated: { zh: '被终止', en: 'terminated' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  failed: { zh: '因业务错误结束', en: 'by an error' },
};

function endSentence(status: string, by: LocalizedText): LocalizedText {
  const words = statusWords[status];
  return { zh: `${by.zh}流程结束${words ? `：${words.zh}` : ''}`, en: `Ended${words ? `: ${words.en}` : ''}${by.en}` };
}

/** Most flows have no name, and their ids mean nothing to users. */
function flowSentence(name: string | undefined, zh: string, en: string): LocalizedText {
  if (name === undefined) return { zh: `离开${zh}`, en: `Left ${en}` };
  return { zh: `离开${zh}，走“${name}”`, en: `Left ${en} by "${name}"` };
}

function incidentSentence(code: string, zh: string, en: string): LocalizedText {
  const title = isIncidentCode(code) ? incidentTitle(code) : { zh: code, en: code };
  return { zh: `${zh}停住了：${title.zh}`, en: `${en} is stopped: ${title.en}` };
}

const isIncidentCode = (code: string): code is IncidentCode => (incidentCodes as string[]).includes(code);

function terminatedOutside(identity: string, reason: string): LocalizedText {
  return {
    zh: `流程在 Temporal 中被终止${identity && `，操作者 ${identity}`}${reason && `：${reason}`}`,
    en: `Terminated in Temporal${identity && ` by ${identity}`}${reason && `: ${reason}`}`,
  };
}

/** Staff ids in an entry. */
export function staffIn(line: JournalRow): string[] {
  const data = (line.data ?? {}) as Record<string, unknown>;
  const assignee = line.kind === 'task-assigned' && typeof data['assignee'] === 'string' ? [data['assignee']] : [];
  return [...(line.by ? [line.by.id] : []), ...assignee];
}

/** Number of matched rules over all tables of a decision; undefined without a table. */
function rulesIn(tables: unknown): number | undefined {
  if (!Array.isArray(tables) || tables.length === 0) return undefined;
  return tables.reduce(
    (sum: number, table: { rules?: unknown }) => sum + (Array.isArray(table.rules) ? table.rules.length : 0),
    0,
  );
}

function suffix(text: string): string {
  return text ? ` (${text})` : '';
}

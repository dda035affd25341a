/** Chinese and English words for roles and stages, and how a time is written for people. Shown in the Temporal UI and in answers. */
import { localDateTime } from '../../engine/time/zone.ts';

const roles: Record<string, string> = {
  intake: '首诉接待',
  consultant: '现场咨询师',
  handler: '客服专员',
  'cs-director': '客服主任',
  'cs-general-director': '客服总监',
  'department-head': '科室主任',
  president: '院长',
  'medical-affairs': '医务部',
  'group-medical-affairs': '集团医务部',
  'gm-office': '总经办',
  gm: '总经理',
  finance: '财务',
  cashier: '出纳',
  legal: '法务',
  hr: '人事',
  callback: '回访专员',
  'member-manager': '会员经理',
  ops: '运维',
};

const stages: Record<string, string> = {
  registered: '登记',
  accepted: '受理',
  investigation: '调查',
  classification: '定性',
  plan: '方案',
  approval: '审批',
  negotiation: '协商',
  formalities: '手续',
  closing: '结案归档',
  'internal-handling': '内部处理',
  prevention: '改进',
  'expert-review': '专家会诊',
  renegotiation: '再协商',
  'group-expert-review': '集团会诊',
  legal: '法务',
  withdrawal: '撤诉',
};

export const roleName = (role: string): string => roles[role] ?? role;
export const stageName = (stage: string): string => stages[stage] ?? stage;

/** '2026-11-22 18:30' in the instance's zone. */
export const localTimeText = (at: string, zone: string): string =>
  localDateTime(at, zone).slice(0, 16).replace('T', ' ');

/** What the Temporal UI and CLI say of each query, update and signal. */
export const handlerWords = {
  explain: '每个等待：等什么、自何时、到何时、等谁、为何是这个日期、还能否推进 · what each wait waits for, and why',
  state: '引擎的完整状态 · the whole state of the engine',
  variables: '每个作用域的变量 · the variables, scope by scope',
  task: '办理任务：领取、放回、指派、退回、完成 · act on a user task: {key, action, by}',
  correlate: '送达消息 · hand over a message: {id, name, correlationKey?, variables, by?}',
  retry: '重试停住的步骤 · try again what an incident stopped: {key, by}',
  skip: '带理由跳过停住的步骤 · pass over what an incident stopped, with the reason',
  cancel: '带理由结束流程 · end the process with a reason: {reason, by}',
  setVariables: '更正变量 · set variables: {scope?, variables, by}',
  migrate: '迁移到另一版流程图 · go on by another version: {version, hash?, mapping?, timers?, messages?, by}',
  modify: '移动、新增、取消令牌 · move, start and cancel tokens: {instructions, by}',
  dryRunMigrate:
    '试算迁移，不改变任何东西 · what a migration would do: {plan, definition, mapping?, timers?, messages?}',
  dryRunModify: '试算修改，不改变任何东西 · what a modification would do: {instructions}',
  broadcast: 'BPMN 信号 · a BPMN signal: {id?, name, variables}',
  undelivered:
    '本流程发出的消息逾期无人接收 · nobody took a message of this process in time: {id, name, element?, until}',
  calendar: '新的工作日历，重算期限 · a new working calendar: due dates are worked out again',
  reportTo: '结束时告知调用方 · tell the caller at the end: {parent, key}',
  callResult: '被调用流程的结果 · how a called process has ended',
  callEscalated: '被调用流程的上报 · an escalation of a called process: {child, code, variables}',
} as const;

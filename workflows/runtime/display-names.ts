/** Names of stages and handlers, and formatted times, for the Temporal UI and for results. */
import type { Plan } from '../../engine/model/plan.ts';
import { localDateTime } from '../../engine/time/zone.ts';

export const stageName = ({ profile }: Plan, stage: string): string =>
  profile?.stages.find(({ id }) => id === stage)?.name ?? stage;

/** '2026-11-22 18:30' in the instance's zone. */
export const localTimeText = (at: string, zone: string): string =>
  localDateTime(at, zone).slice(0, 16).replace('T', ' ');

/** Descriptions of queries, updates and signals in Temporal UI and CLI. */
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
  clock:
    '把演练的流程时钟往前拨，最多到下一个定时 · put the clock of a drill forward, to its next timer at most: {to, by}',
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

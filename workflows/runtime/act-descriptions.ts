/** Description of an act that created no new wait. */
import type { LocalizedText } from '../../engine/model/plan.ts';
import type { EngineEvent, TaskAction } from '../../engine/model/types.ts';

export function describeAct(event: EngineEvent): LocalizedText {
  switch (event.type) {
    case 'task':
      return describeTaskAct(event.action);
    case 'message':
      return { zh: '消息已送达。', en: 'The message was delivered.' };
    case 'retry':
      return { zh: '已重试。', en: 'Retried.' };
    case 'skip':
      return { zh: '已跳过，理由已记录。', en: 'Skipped; the reason is on record.' };
    case 'set-variables':
      return { zh: '变量已更正。', en: 'The variables are set.' };
    case 'cancel':
      return { zh: '流程正在结束。', en: 'The process is ending.' };
    default:
      return { zh: '已记录。', en: 'Recorded.' };
  }
}

function describeTaskAct(action: TaskAction): LocalizedText {
  switch (action.type) {
    case 'claim':
      return { zh: '任务已领取。', en: 'The task is yours now.' };
    case 'unclaim':
      return { zh: '任务已放回，候选人可以领取。', en: 'The task is back with its candidates.' };
    case 'return':
      return {
        zh: '任务已退回候选人，理由已记录。',
        en: 'The task is back with its candidates; the reason is on record.',
      };
    case 'assign':
      return { zh: `任务已指派给 ${action.assignee}。`, en: `The task is assigned to ${action.assignee}.` };
    case 'complete':
      return {
        zh: '任务已完成，流程还在等待其他步骤。',
        en: 'The task is completed; the process still waits for other steps.',
      };
  }
}

/** Why something asked for is not done, by stable code: one constructor, and the words of acts on instances. Chinese first. */
import type { Json } from '../model/plan.ts';
import type { Refusal } from '../model/types.ts';

type RefusalWords = Pick<Refusal, 'message' | 'hint'>;

/** What may be said of anything that is asked of an instance. */
const common = {
  'not-active': {
    message: { zh: '此流程不在运行。', en: 'The instance is not running.' },
    hint: { zh: '刷新后查看它的结果。', en: 'Reload and look at how it ended.' },
  },
  'unknown-key': {
    message: { zh: '没有这一项，或它早已结束。', en: 'There is no such item, or it ended long ago.' },
    hint: { zh: '刷新后再试。', en: 'Reload and try again.' },
  },
} satisfies Record<string, RefusalWords>;

/**
 * @param own the words of one kind of request, by code; they come before the common ones
 * @returns what makes its refusals
 */
export function refusalsOf<Code extends string>(
  own: Record<Code, RefusalWords>,
): (code: Code | keyof typeof common, details?: Json) => Refusal {
  const words: Record<string, RefusalWords> = { ...common, ...own };
  return (code, details) => {
    const { message, hint } = words[code]!;
    return details === undefined ? { code, message, hint } : { code, message, hint, details };
  };
}

/** An act of a person that is not done. */
export const refusal = refusalsOf({
  'task-gone': {
    message: { zh: '这项任务已经办结。', en: 'This task is done already.' },
    hint: { zh: '刷新后查看由谁、何时办结。', en: 'Reload to see who did it and when.' },
  },
  'task-busy': {
    message: { zh: '上一步操作还在由系统核对。', en: 'The act before this one is still being looked at.' },
    hint: { zh: '稍后刷新再试。', en: 'Reload in a moment, then try again.' },
  },
  'denied-by-listener': {
    message: { zh: '系统核对后没有准许这一步。', en: 'A check of the process did not allow this.' },
    hint: { zh: '按所给的理由更正后再试。', en: 'Correct what the reason names, then try again.' },
  },
  'already-claimed': {
    message: { zh: '这项任务已由他人领取。', en: 'Somebody else has claimed this task.' },
    hint: { zh: '请领取人退回，或由主管转派。', en: 'Ask that person to return it, or a director to assign it.' },
  },
  'not-the-assignee': {
    message: { zh: '这项任务不在您名下。', en: 'This task is not assigned to you.' },
    hint: { zh: '先领取，或请主管转派。', en: 'Claim it first, or ask a director to assign it.' },
  },
  'own-application': {
    message: { zh: '不能办理本人的申请。', en: 'Nobody decides on their own application.' },
    hint: { zh: '请由其他有权限的人办理。', en: 'Leave it to somebody else with the role.' },
  },
  'no-candidates': {
    message: {
      zh: '这项任务只指派给您，没有候选人，放回后没有人能看到它。',
      en: 'The task is assigned to you alone and has no candidates: put back, nobody would find it.',
    },
    hint: {
      zh: '请主管或运维转派给他人。',
      en: 'Ask a leader of the process, or the operators, to assign it to somebody else.',
    },
  },
  'reason-missing': {
    message: { zh: '请写明退回的理由。', en: 'A reason is needed to return a task.' },
    hint: { zh: '填写理由后再退回。', en: 'Give the reason, then return it.' },
  },
  'form-invalid': {
    message: { zh: '填写的内容有误。', en: 'What was filled in is not right yet.' },
    hint: { zh: '按每一项的说明更正后再提交。', en: 'Correct each field as told, then submit again.' },
  },
  'unknown-start-event': {
    message: { zh: '流程图中没有这个开始事件。', en: 'The drawing has no such start event.' },
    hint: { zh: '核对开始事件的编号。', en: 'Check the id of the start event.' },
  },
  'bad-time-to-live': {
    message: { zh: '有效时长不是合法的时长。', en: 'The time to live is not a duration.' },
    hint: { zh: '按 ISO 8601 填写，例如 PT1H。', en: 'Write it in ISO 8601, for instance PT1H.' },
  },
  'nothing-to-retry': {
    message: { zh: '这里没有可以重试的故障。', en: 'There is no incident to retry here.' },
    hint: { zh: '刷新后查看当前状态。', en: 'Reload to see how it stands.' },
  },
  'nobody-waits': {
    message: { zh: '此流程目前不等待这条消息。', en: 'The instance does not wait for this message now.' },
    hint: {
      zh: '核对消息名与关联键；如果应当稍后送达，请给出有效时长。',
      en: 'Check name and correlation key; give a time to live if it may come early.',
    },
  },
});
export type RefusalCode = Parameters<typeof refusal>[0];

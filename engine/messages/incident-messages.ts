/** What people read when something cannot go on, by stable code. Chinese first. */
import type { LocalizedText } from '../model/plan.ts';

interface IncidentWords {
  /** The matter in short. */
  title: LocalizedText;
  hint: LocalizedText;
}

export const incidentWords: Record<string, IncidentWords> = {
  'missing-variable': {
    title: { zh: '缺少变量', en: 'A variable is missing' },
    hint: { zh: '设置缺少的变量后重试。', en: 'Set the missing variable, then retry.' },
  },
  'expression-failed': {
    title: { zh: '表达式无法求值', en: 'An expression failed' },
    hint: {
      zh: '更正表达式用到的变量后重试；表达式本身有误时更正流程图并迁移。',
      en: 'Correct the variables it uses, then retry; if the expression is wrong, correct the drawing and migrate.',
    },
  },
  'no-flow': {
    title: { zh: '没有可走的路径', en: 'No flow can be taken' },
    hint: {
      zh: '更正条件用到的变量后重试，或在流程图中补充默认路径并迁移。',
      en: 'Correct the variables of the conditions, then retry; or add a default flow and migrate.',
    },
  },
  'bad-timer': {
    title: { zh: '时间无法确定', en: 'The time cannot be worked out' },
    hint: { zh: '更正时间所用的变量后重试。', en: 'Correct the variables the time is made of, then retry.' },
  },
  'job-failed': {
    title: { zh: '自动任务失败', en: 'A job failed' },
    hint: {
      zh: '排除原因后重试；若是输入有误，先更正此步骤自己的变量（scope 为故障的 key），再重试。',
      en: 'Remove the cause, then retry; where an input is wrong, set the variable of this step (scope: the key of the incident) first.',
    },
  },
  'no-worker': {
    title: { zh: '没有工作进程接手', en: 'No worker takes the job' },
    hint: {
      zh: '启动在该任务队列上提供此活动的工作进程；作业仍在排队，有进程接手后自动继续，无需重试。',
      en: 'Start a worker that serves this activity on that task queue. The job stays in the queue and goes on by itself when one takes it; no retry is needed.',
    },
  },
  'unknown-job-type': {
    title: { zh: '作业类型没有登记', en: 'The job type is not registered' },
    hint: {
      zh: '登记由哪个任务队列处理（PUT /api/job-types/…），或更正类型所用的变量，再重试。',
      en: 'Register which task queue does it (PUT /api/job-types/…), or correct the variable the type comes from; then retry.',
    },
  },
  'unknown-assignee': {
    title: { zh: '办理人不存在', en: 'The assignee does not exist' },
    hint: {
      zh: '指派给他人；或更正办理人所用的变量后重试。',
      en: 'Assign it to somebody else; or correct the variable the assignee comes from, then retry.',
    },
  },
  'nobody-can-act': {
    title: { zh: '没有人能办理', en: 'Nobody can do the task' },
    hint: {
      zh: '指派给他人；或为本院区的员工加上该角色后重试。',
      en: 'Assign it to somebody; or give the role to a member of staff of the facility, then retry.',
    },
  },
  'assigned-to-nobody': {
    title: { zh: '任务没有指明由谁办理', en: 'The task names nobody' },
    hint: {
      zh: '更正办理人或候选人所用的变量后重试。',
      en: 'Correct the variables the assignee or the candidates come from, then retry.',
    },
  },
  'decision-failed': {
    title: { zh: '决策没有得出结果', en: 'A decision came to no result' },
    hint: {
      zh: '更正决策用到的变量后重试；规则有误时更正决策表，部署后迁移。',
      en: 'Correct the variables it uses, then retry; if the rules are wrong, correct the table, deploy and migrate.',
    },
  },
  'call-failed': {
    title: { zh: '被调用的流程失败', en: 'The called process failed' },
    hint: { zh: '查看被调用的流程，排除原因后重试。', en: 'Look at the called process, remove the cause, then retry.' },
  },
  'call-too-deep': {
    title: { zh: '调用层数过多', en: 'Calls go too deep' },
    hint: {
      zh: '流程很可能在不断调用自己：更正决定是否再调用的变量后重试；流程图有误时更正并迁移。',
      en: 'The process probably calls itself without end: correct the variables that decide it, then retry; or correct the drawing and migrate.',
    },
  },
  'unhandled-error': {
    title: { zh: '业务错误无人处理', en: 'Nobody catches the error' },
    hint: {
      zh: '排除原因后重试，或在流程图中为此错误添加处理并迁移。',
      en: 'Remove the cause, then retry; or draw what catches this error and migrate.',
    },
  },
  'too-many-instances': {
    title: { zh: '多实例次数过多', en: 'Too many instances of an activity' },
    hint: {
      zh: '更正次数或集合所用的变量后重试；确实需要这么多时，分批由多个流程处理。',
      en: 'Correct the variable the number or the list comes from, then retry; if there are really so many, split them over several processes.',
    },
  },
  'endless-loop': {
    title: { zh: '流程空转', en: 'The process runs in a circle' },
    hint: {
      zh: '更正循环条件用到的变量后重试。',
      en: 'Correct the variables of the loop’s condition, then retry.',
    },
  },
  'join-unreachable': {
    title: { zh: '汇合永远等不齐', en: 'The join waits for a flow nobody can take' },
    hint: {
      zh: '更正流程图并迁移，或取消此流程。',
      en: 'Correct the drawing and migrate, or cancel the instance.',
    },
  },
  unsupported: {
    title: { zh: '此元素不能执行', en: 'This element is not executed' },
    hint: { zh: '更正流程图并迁移。', en: 'Correct the drawing and migrate.' },
  },
};

export function hintFor(code: string): string {
  return incidentWords[code]?.hint.zh ?? '排除原因后重试。';
}

/** Why a modification or a skip is not done, by stable code. */

import { refusalsOf } from '../messages/refusals.ts';
import type { LocalizedText } from '../model/plan.ts';

export const refuseChange = refusalsOf({
  'unknown-element': {
    message: { zh: '流程图中没有这个元素。', en: 'The drawing has no such element.' },
    hint: { zh: '核对元素编号。', en: 'Check the id of the element.' },
  },
  'nothing-to-skip': {
    message: { zh: '这里没有可以跳过的故障。', en: 'There is no incident to skip here.' },
    hint: {
      zh: '只有停住的步骤才能跳过；任务请办结，其余等待请用修改（modify）移动。',
      en: 'Only what an incident stopped is skipped: complete a task, move what else waits (modify).',
    },
  },
  'cannot-skip': {
    message: {
      zh: '这里不能跳过：走哪条路径无从得知。',
      en: 'This cannot be skipped: nobody knows which way it would go.',
    },
    hint: {
      zh: '更正数据后重试，或把令牌移到要去的元素。',
      en: 'Correct the data and retry, or move the token to where it shall go.',
    },
  },
  'reason-missing': {
    message: { zh: '请写明跳过的理由。', en: 'A reason is needed to skip an incident.' },
    hint: { zh: '填写理由后再跳过。', en: 'Give the reason, then skip it.' },
  },
  'nothing-to-do': {
    message: { zh: '没有任何指令。', en: 'There is no instruction.' },
    hint: { zh: '至少给出一条指令。', en: 'Give at least one instruction.' },
  },
  'nothing-there': {
    message: { zh: '该元素处没有等待中的令牌。', en: 'Nothing waits at this element.' },
    hint: { zh: '刷新后查看它停在哪里。', en: 'Reload to see where it stands.' },
  },
  'named-twice': {
    message: { zh: '同一项被指明了两次。', en: 'The same item is named twice.' },
    hint: { zh: '每一项只给一条指令。', en: 'Give one instruction for each item.' },
  },
  'not-a-token': {
    message: {
      zh: '这一项不是令牌，不能移动或单独取消。',
      en: 'This item is no token that can be moved or cancelled by itself.',
    },
    hint: { zh: '请指明它所在的任务、子流程或网关。', en: 'Name the task, subprocess or gateway it belongs to.' },
  },
  'inner-instance': {
    message: {
      zh: '这是多实例中的一个，不能单独移动或取消。',
      en: 'This is one instance of a repeated activity and cannot be moved or cancelled alone.',
    },
    hint: { zh: '请指明整个活动。', en: 'Name the activity as a whole.' },
  },
  'whole-instance': {
    message: { zh: '这是整个流程。', en: 'This is the whole instance.' },
    hint: { zh: '要结束流程请用取消。', en: 'To end it, cancel the instance.' },
  },
  'not-startable': {
    message: { zh: '不能从这个元素开始。', en: 'Nothing can be started here.' },
    hint: {
      zh: '请指明任务、事件、网关或子流程；边界事件与事件子流程只能等待发生。',
      en: 'Name a task, event, gateway or subprocess; boundary events and event subprocesses only wait to happen.',
    },
  },
  'nothing-after': {
    message: { zh: '这个元素之后没有路径。', en: 'No flow leads out of this element.' },
    hint: { zh: '请指明另一个元素。', en: 'Name another element.' },
  },
  'scope-not-active': {
    message: { zh: '元素所在的子流程不在运行。', en: 'The subprocess the element lies in is not running.' },
    hint: {
      zh: '改为启动该子流程，或允许为它新建（createScopes）。',
      en: 'Start that subprocess instead, or allow it to be created (createScopes).',
    },
  },
  'scope-not-creatable': {
    message: {
      zh: '元素所在的子流程不能新建：它重复执行或由事件启动。',
      en: 'The subprocess the element lies in cannot be created: it repeats, or an event starts it.',
    },
    hint: { zh: '请启动整个子流程。', en: 'Start the subprocess as a whole.' },
  },
  'scope-ambiguous': {
    message: { zh: '元素所在的子流程有几个在运行。', en: 'Several subprocesses the element could lie in are running.' },
    hint: { zh: '用 scope 指明是哪一个。', en: 'Say which one by its wait key (scope).' },
  },
  'scope-wrong': {
    message: { zh: '指明的子流程不是元素所在的那个。', en: 'The scope named is not one the element lies in.' },
    hint: { zh: '核对 scope。', en: 'Check the scope.' },
  },
  'scope-cancelled': {
    message: {
      zh: '要启动的元素所在的部分，同时被另一条指令取消。',
      en: 'What is started lies in what another instruction cancels.',
    },
    hint: { zh: '去掉其中一条指令。', en: 'Leave one of the instructions out.' },
  },
  'flow-needed': {
    message: {
      zh: '这是一个汇合：请指明令牌从哪条路径到达，否则计数会错。',
      en: 'This is a join: say by which flow the token comes, or it would count wrongly.',
    },
    hint: { zh: '给出 flow，或从汇合之后开始。', en: 'Give the flow, or start after the join.' },
  },
  'flow-wrong': {
    message: { zh: '这条路径不通向该元素。', en: 'This flow does not lead to the element.' },
    hint: { zh: '核对路径编号。', en: 'Check the id of the flow.' },
  },
  'join-count': {
    message: {
      zh: '这样做以后，有汇合会多等或永远等不齐令牌。',
      en: 'After this a join would have a token too many, or wait for one that cannot come.',
    },
    hint: {
      zh: '同时处理那个汇合：移动它、取消它，或为缺的路径补上令牌。',
      en: 'Deal with that join as well: move it, cancel it, or bring the token that is missing.',
    },
  },
  'not-evaluated': {
    message: { zh: '要启动的部分无法确定。', en: 'What would be started cannot be worked out.' },
    hint: { zh: '先更正变量。', en: 'Correct the variables first.' },
  },
});
export type ChangeRefusalCode = Parameters<typeof refuseChange>[0];

export const lineWords: Record<'cancelled' | 'created' | 'stopped', (name: string) => LocalizedText> = {
  cancelled: (name) => ({ zh: `“${name}”结束。`, en: `"${name}" ends.` }),
  created: (name) => ({ zh: `“${name}”开始。`, en: `"${name}" begins.` }),
  stopped: (name) => ({ zh: `“${name}”开始，并停在那里。`, en: `"${name}" begins and is stopped by an incident.` }),
};
